using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Pharmacogenomics;

/// <summary>How the expression of a gene is scaled.</summary>
public enum GeneScale
{
    /// <summary>The gene's mean over the training lines is subtracted, and the rest divided by the standard deviation there.</summary>
    Standardised,

    /// <summary>The gene's mean over the training lines is subtracted, as Peres da Silva et al. write.</summary>
    Centred,
}

/// <summary>Which response is predicted.</summary>
public enum ResponseScale
{
    /// <summary>ln IC50 less the drug's mean over the training lines, with the same squared error as ln IC50 itself.</summary>
    Centred,

    /// <summary>ln IC50 in µM.</summary>
    Raw,
}

/// <summary>The response of 657 cancer cell lines to 181 drugs, a regression each, from the expression of 687 genes (Yang et al. 2013,
/// Iorio et al. 2016; Ghandi et al. 2019).</summary>
/// <remarks>
/// <para>Inputs [N, 687], log2(TPM + 1), to be centred and scaled by the training lines (<c>Dataset:Genes</c>). Labels [N, 181], ln IC50
/// in µM, NaN where a line was not treated, to be centred by each drug's mean over the training lines (<c>Dataset:Responses</c>); the
/// drugs are those marked <c>in_top181</c>, in the order of the file. Each seed draws its own <see cref="LineSplit"/>: 461, 65 and 131
/// lines.</para>
/// </remarks>
public sealed class GdscResponses : IDataset
{
    /// <summary>The least number, in log2 units, that the expression of a gene is divided by. A gene that is silent in nearly all training
    /// lines would otherwise make an input of a hundred in one test line that has it; over all lines two of the 687 genes vary
    /// less.</summary>
    private const double LeastDeviation = 0.1;

    private const string Line = "depmap_id";

    /// <inheritdoc/>
    public IReadOnlyList<string> Options => ["Genes", "Responses"];

    /// <inheritdoc/>
    public CatalogueEntry Entry => GdscCatalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Read(DataFolder.Locate(Entry, request), [.. DrugResponse.Descriptor.Tasks.Tasks.Select(t => t.Name)], request);
    }

    /// <summary>Reads a folder's three tables and splits them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="drugs">The drugs that it must have, in order.</param>
    /// <param name="request">Seed and options.</param>
    /// <exception cref="DataException">A table is missing or damaged, has other drugs, or a line that was treated has no
    /// expression.</exception>
    public static Splits Read(string folder, IReadOnlyList<string> drugs, DataRequest request)
    {
        var (genes, responses) = (request.Choice("Genes", GeneScale.Standardised), request.Choice("Responses", ResponseScale.Centred));
        var screen = CsvFile.Read(Path.Combine(folder, "ic50_ln.csv.gz"));
        var ic50 = screen.Matrix(Columns(CsvFile.Read(Path.Combine(folder, "drugs.csv")), drugs));
        var (expression, inputs) = Expression(CsvFile.Read(Path.Combine(folder, "expression_log2tpm.csv.gz")), screen);

        var split = LineSplit.From(screen.Count, request.Seed);
        Samples Take(int[] rows) => new(Rows(expression, inputs, rows), Rows(ic50, drugs.Count, rows));
        return new(Take(split.Train), Take(split.Validation), Take(split.Test), SharedTest: false)
        {
            InputTransforms = [genes == GeneScale.Centred ? new Centre() : new Standardise { LeastDeviation = LeastDeviation }],
            LabelTransforms = responses == ResponseScale.Centred ? [new Centre()] : [],
        };
    }

    /// <summary>Copies some rows of a row-major matrix [N · M] into a tensor [N', M].</summary>
    private static Tensor Rows(float[] values, int columns, int[] rows) =>
        tensor(rows.SelectMany(row => values[(row * columns)..((row + 1) * columns)]).ToArray(), [rows.Length, columns]);

    /// <summary>Finds the names of the response columns of the drugs.</summary>
    private static string[] Columns(CsvFile table, IReadOnlyList<string> drugs)
    {
        var (names, ids, columns) = (table.Texts("name"), table.Integers("gdsc_drug_id"), table.Texts("column"));
        int[] rows = [.. table.Integers("in_top181").Index().Where(marked => marked.Item == 1).Select(marked => marked.Index)];
        var repeated = rows.CountBy(r => names[r]).Where(n => n.Value > 1).Select(n => n.Key).ToHashSet();
        string[] found = [.. rows.Select(r => repeated.Contains(names[r]) ? $"{names[r]} {ids[r]}" : names[r])];
        if (found.Zip(drugs).Index().FirstOrDefault(d => d.Item.First != d.Item.Second) is { Item.First: { } other } difference)
        {
            throw new DataException(
                $"{table.Source}: line {table.Line(rows[difference.Index])}: the drug is '{other}', expected " +
                $"'{difference.Item.Second}', number {difference.Index + 1} of drugs.tasks.txt: give the file that the experiment was " +
                "written for, or change the list and rebuild");
        }

        if (found.Length != drugs.Count)
        {
            throw new DataException(
                $"{table.Source}: {found.Length} drugs are marked in_top181, expected the {drugs.Count} of drugs.tasks.txt: give the " +
                "file that the experiment was written for, or change the list and rebuild");
        }

        return [.. rows.Select(r => columns[r])];
    }

    /// <summary>Reads the expression of the screen's cell lines, in the screen's order: [N · G] and G, the number of genes.</summary>
    private static (float[] Values, int Genes) Expression(CsvFile table, CsvFile screen)
    {
        string[] genes = [.. table.Columns.Where(c => c != Line)];
        var (all, rowOf, lines) = (table.Matrix(genes), table.Rows(Line), screen.Rows(Line));
        var values = new float[lines.Count * genes.Length];
        foreach (var (line, row) in lines)
        {
            if (!rowOf.TryGetValue(line, out var source))
            {
                throw new DataException(
                    $"{table.Source}: no cell line '{line}', which {screen.Source} has in line {screen.Line(row)}: give two files that " +
                    "belong together");
            }

            all.AsSpan(source * genes.Length, genes.Length).CopyTo(values.AsSpan(row * genes.Length));
        }

        return (values, genes.Length);
    }
}
