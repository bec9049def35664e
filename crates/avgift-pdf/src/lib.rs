//! Invoices and credit notes as accessible archive PDF, the e-invoice inside.
