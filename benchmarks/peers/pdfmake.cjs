// pdfmake on a 12-line invoice with an embedded font. Usage: node pdfmake.cjs [documents]. Prints one JSON line.
const pdfmake = require('pdfmake');
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => true);
pdfmake.addFonts(require('pdfmake/fonts/Roboto'));
(async () => {
  const n = Number(process.argv[2] ?? 200); let bytes = 0; const t = Date.now();
  for (let i = 0; i < n; i++) {
    const lines = Array.from({ length: 12 }, (_, k) => [`Item ${k} of ${i}`, '2', '100.00', '200.00']);
    const doc = pdfmake.createPdf({ content: [
      { text: `Invoice INV-2083-${i}`, fontSize: 20 },
      { columns: ['Seller: Himalayan Traders', { text: 'Date: 2026-11-22', alignment: 'right' }] },
      { table: { widths: ['*', 'auto', 'auto', 'auto'], body: [['Item', 'Qty', 'Price', 'Total'], ...lines] } },
      { text: 'Total NPR 12,345.00', alignment: 'right' }] });
    bytes += (await doc.getBuffer()).length;
  }
  console.log(JSON.stringify({ documents: n, perSecond: +(n / ((Date.now() - t) / 1000)).toFixed(1), bytes: Math.round(bytes / n) }));
})();
