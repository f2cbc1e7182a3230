import { mailsTo } from './support/mail';
import { papers } from './support/papers';
import { address, owner } from './support/people';
import { expect, test } from './support/test';

test('an invoice goes to its customer by mail, and says what became of it', async ({ open }) => {
  const asha = await owner();
  const { issued } = await papers(asha);
  const [customer, partner] = [address('Customer'), address('Partner')];
  const page = await open(asha, asha.at(`/invoices/${issued}`));
  await expect(page.getByText('Not sent to anybody yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Send…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Send INV-/ });

  // The address of the customer stands there; what is none is said before anything is sent.
  const to = dialog.getByLabel('To', { exact: true });
  await expect(to).toHaveValue('accounts@newroadstore.example');
  await to.fill('hari, ');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toContainText('No e-mail address: hari');
  await to.fill(customer);
  await dialog.getByRole('button', { name: 'Add copy' }).click();
  await expect(dialog.getByLabel('Copy to')).toBeFocused();
  await dialog.getByLabel('Copy to').fill(partner);
  await dialog.getByLabel('Your words').fill('The tea of last week. Thank you!');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toBeHidden();

  const mails = page.getByRole('region', { name: 'Mails' });
  await expect(mails).toContainText(customer);
  await expect(mails.getByText('Sent', { exact: true })).toBeVisible({ timeout: 30_000 });
  const [mail] = mailsTo(customer);
  expect(mail?.text).toContain('The tea of last week. Thank you!');
  // The link in it is one of its own, and shows the invoice to whoever has it.
  const link = /\/invoice#token=[\w.~%=-]+/.exec(mail?.text ?? '')?.[0] ?? '';
  const visitor = await open(undefined, link);
  await expect(visitor.getByRole('article')).toContainText('Orthodox tea');
});

test('a customer says that he paid: the seller is told, and books it', async ({ open }) => {
  const asha = await owner();
  const { issued, link } = await papers(asha);
  const visitor = await open(undefined, link, { viewport: { width: 390, height: 844 } });
  await visitor.getByRole('button', { name: 'I have paid' }).click();
  const say = visitor.getByRole('dialog', { name: 'I have paid' });
  await say.getByLabel('Amount in NPR').fill('2,000');
  await say.getByLabel('Reference').fill('NIC-4711');
  await say.getByRole('button', { name: 'Tell the seller' }).click();
  await expect(say).toBeHidden();
  await expect(visitor.getByRole('status')).toContainText('was told and will look for it');
  // Nothing is booked by it.
  await expect(visitor.getByRole('region', { name: 'Amount due' })).toContainText('Rs. 4,392.44');

  const inbox = await open(asha, asha.at('/inbox'));
  await expect(inbox.getByText(/INV-/).first()).toBeVisible({ timeout: 30_000 });

  const page = await open(asha, asha.at(`/invoices/${issued}`));
  await expect(page.getByText('The customer says that Rs. 2,000.00 is paid')).toBeVisible();
  await page.getByRole('complementary').getByRole('button', { name: 'Record payment' }).click();
  const pay = page.getByRole('dialog', { name: 'Record a payment' });
  await expect(pay.getByLabel('Amount in NPR')).toHaveValue('2000.00');
  await expect(pay.getByLabel('Reference')).toHaveValue('NIC-4711');
  await pay.getByRole('button', { name: 'Record payment' }).click();
  await expect(pay).toBeHidden();
  await expect(page.getByRole('region', { name: 'Amount due' })).toContainText('Rs. 2,392.44');

  // All of it stands in the activity, the newest first.
  const activity = page.getByRole('list', { name: 'Activity' });
  await expect(activity.getByRole('listitem').first()).toContainText(
    'Payment of Rs. 2,000.00 recorded · Asha Rai',
  );
  await expect(activity).toContainText('Rs. 2,000.00 said to be paid · somebody with a link');
  await expect(activity).toContainText('Issued over Rs. 5,392.44 · Asha Rai');
});
