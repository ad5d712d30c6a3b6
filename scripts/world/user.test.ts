import { expect, test } from 'vitest';

import { asUser, findUser } from './user.ts';

test('finds a user in the text of /etc/passwd', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n';
  expect(findUser(passwd, 'nobody')).toEqual({ uid: 65534, gid: 65533 });
  expect(findUser(passwd, 'body')).toBeUndefined();
});

test('another user gets the command without groups and powers of root', () => {
  const user = { kind: 'other', uid: 7, gid: 8, name: 'x', home: '/x' } as const;
  const { command, args } = asUser(user, 'node', ['a', '--b']);
  expect(command).toBe('setpriv');
  expect(args).toEqual(['--reuid', '7', '--regid', '8', '--clear-groups', '--inh-caps=-all', '--', 'node', 'a', '--b']);
});

test('the same user runs the command as it is', () => {
  expect(asUser({ kind: 'same' }, 'node', ['a'])).toEqual({ command: 'node', args: ['a'] });
});
