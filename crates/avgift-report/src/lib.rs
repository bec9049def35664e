//! The fees of a network as a workbook of live formulas.
