using System.Globalization;

namespace UAmtfl.Data;

/// <summary>A drug of the Genomics of Drug Sensitivity in Cancer.</summary>
/// <param name="Id">GDSC's number, <c>DRUG_ID</c>; the same name may be screened under two.</param>
/// <param name="Name">Its name.</param>
public sealed record GdscDrug(int Id, string Name);

/// <summary>Gene expression of cell lines, and their response to drugs.</summary>
/// <param name="Cells">[C], the COSMIC numbers of the cell lines that both files have, in the order of the expression file.</param>
/// <param name="Genes">[G], the genes' symbols, in the order of the expression file.</param>
/// <param name="Drugs">[D], by number.</param>
/// <param name="Expression">[C · G], row-major, log2 intensity (RMA).</param>
/// <param name="LogIC50">[C · D], row-major, ln of the half-maximal inhibitory concentration in µM; NaN where not screened.</param>
public sealed record GdscScreen(IReadOnlyList<int> Cells, IReadOnlyList<string> Genes, IReadOnlyList<GdscDrug> Drugs, float[] Expression, float[] LogIC50);

/// <summary>Reads the files that GDSC publishes (Yang et al. 2013, Nucleic Acids Research 41, D955–D961; Iorio et al. 2016, Cell
/// 166, 740–754).</summary>
public static class GdscFiles
{
    private const string Gene = "GENE_SYMBOLS", Sample = "DATA.", Cell = "COSMIC_ID", Drug = "DRUG_ID", DrugName = "DRUG_NAME", Response = "LN_IC50";

    /// <summary>Reads expression and response, and matches the cell lines by their COSMIC numbers.</summary>
    /// <param name="expressionPath"><c>Cell_line_RMA_proc_basalExp.txt</c>: tab-separated, <c>GENE_SYMBOLS</c>, <c>GENE_title</c>, then
    /// <c>DATA.</c> and a COSMIC number for each cell line. Rows without a symbol are left out, and so are columns that repeat a
    /// cell line (<c>DATA.909976.1</c>).</param>
    /// <param name="responsePath">The fitted dose responses as CSV: <c>COSMIC_ID</c>, <c>DRUG_ID</c>, <c>DRUG_NAME</c>, <c>LN_IC50</c>
    /// among others, a row for each cell line and drug.</param>
    /// <exception cref="DataException">A file is missing, damaged or something else, a pair of cell line and drug occurs twice, or no cell line is in both.</exception>
    public static GdscScreen Read(string expressionPath, string responsePath)
    {
        var expression = CsvFile.Read(expressionPath, '\t');
        var response = CsvFile.Read(responsePath);
        var screened = response.Integers(Cell);
        var wanted = screened.ToHashSet();
        var columns = Samples(expression).Where(s => wanted.Contains(s.Cell)).ToList();
        if (columns.Count == 0)
        {
            throw new DataException($"{responsePath}: no {Cell} of it is in {expressionPath}: give two files of GDSC that belong together");
        }

        int[] cells = [.. columns.Select(c => c.Cell)];
        var symbols = expression.Texts(Gene);
        int[] rows = [.. Enumerable.Range(0, symbols.Length).Where(r => symbols[r].Length > 0)];
        var (drugs, ic50) = Responses(response, screened, cells);
        return new(cells, [.. rows.Select(r => symbols[r])], drugs, Transposed(expression, [.. columns.Select(c => c.Column)], rows), ic50);
    }

    /// <summary>The columns of cell lines.</summary>
    private static IEnumerable<(int Cell, string Column)> Samples(CsvFile expression)
    {
        foreach (var column in expression.Columns.Where(c => c.StartsWith(Sample, StringComparison.Ordinal)))
        {
            var id = column[Sample.Length..];
            if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var cell))
            {
                yield return (cell, column);
            }
            else if (!(id.Split('.') is [var number, var repeat] && number.All(char.IsAsciiDigit) && repeat.All(char.IsAsciiDigit) && expression.Has(Sample + number)))
            {
                throw new DataException($"{expression.Source}: line 1, column '{column}': '{id}', expected a COSMIC number: give the expression file of GDSC");
            }
        }
    }

    /// <summary>[C · G] from rows that are genes.</summary>
    private static float[] Transposed(CsvFile expression, string[] columns, int[] rows)
    {
        var values = expression.Matrix(columns);
        var transposed = new float[columns.Length * rows.Length];
        for (var g = 0; g < rows.Length; g++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                var value = values[(rows[g] * columns.Length) + c];
                transposed[(c * rows.Length) + g] = float.IsNaN(value)
                    ? throw new DataException($"{expression.Source}: line {expression.Line(rows[g])}, column '{columns[c]}': no value, expected a number: fetch the file again")
                    : value;
            }
        }

        return transposed;
    }

    private static (IReadOnlyList<GdscDrug> Drugs, float[] LogIC50) Responses(CsvFile response, int[] screened, int[] cells)
    {
        var (ids, names, values) = (response.Integers(Drug), response.Texts(DrugName), response.Numbers(Response));
        var rowOf = cells.Index().ToDictionary(c => c.Item, c => c.Index);
        GdscDrug[] drugs = [.. Enumerable.Range(0, ids.Length).Where(r => rowOf.ContainsKey(screened[r])).GroupBy(r => ids[r]).OrderBy(g => g.Key).Select(g => new GdscDrug(g.Key, names[g.First()]))];
        var columnOf = drugs.Index().ToDictionary(d => d.Item.Id, d => d.Index);
        var ic50 = new float[cells.Length * drugs.Length];
        Array.Fill(ic50, float.NaN);
        var lines = new Dictionary<int, int>();
        for (var r = 0; r < ids.Length; r++)
        {
            if (!rowOf.TryGetValue(screened[r], out var cell))
            {
                continue;
            }

            var at = (cell * drugs.Length) + columnOf[ids[r]];
            if (!lines.TryAdd(at, response.Line(r)))
            {
                throw new DataException($"{response.Source}: lines {lines[at]} and {response.Line(r)} both have {Cell} {screened[r]} and {Drug} {ids[r]}: keep one screen (column DATASET), or remove one");
            }

            ic50[at] = (float)values[r];
        }

        return (drugs, ic50);
    }
}
