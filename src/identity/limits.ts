/**
 * How long what is lent or opened in an emergency lasts at most. House rules: no law names a number; the basis says what
 * they follow. Pure.
 */
export const limits = {
  lending: { days: 30, basis: '行政机关内部代理的通常做法', verified: false },
  device: {
    codeMinutes: 30,
    /** Without a touch for so long somebody is asked whether they are still there, and for so long; then it ends. */
    restSeconds: 180,
    askSeconds: 60,
    basis: 'GB/T 22239-2019 8.1.4.1 登录连接超时自动退出；自助机的通常做法',
    verified: false,
  },
  /** How long the code is good with which somebody sets up another second step. */
  secondReset: { days: 3, basis: '当面或电话交付一次性码的通常做法', verified: false },
  breakGlass: { minutes: 60, leastReason: 10, basis: 'GB/T 22239-2019 8.1.4.2 最小授权', verified: false },
} as const;
