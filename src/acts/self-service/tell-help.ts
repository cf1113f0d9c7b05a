import { ownInput, tellingAct } from './telling.ts';

/** POLICY §7 `HELP`. */
export const tellHelp = tellingAct({
  name: 'tell-help',
  input: ownInput,
  right: 'help: view',
  does: 'tells a contact what they may ask for by mail',
  command: 'HELP',
  template: 'command-help',
  tells: ({ commands, several }, _, { desk }) => ({
    letter: { template: 'command-help', values: { commands, several, support: desk.addresses.support } },
    matter: '',
    says: 'The commands that the sender may use were listed.',
  }),
});
