using UAmtfl.Data;
using UAmtfl.Experiments.Tables;
using UAmtfl.Numerics;

namespace UAmtfl.Experiments.Exam;

/// <summary>Examination results of London pupils (Goldstein et al. 1993), each school a task: the score at sixteen from what was known at
/// eleven.</summary>
/// <remarks>Inputs [N, 9]: reading test (standLRT), girl, boys' school, girls' school, the school's mean intake, its band of verbal
/// reasoning (middle, top), the pupil's band (middle, top). Of each school's pupils a quarter is for testing and 15 % for
/// validation, drawn by the seed; at least one is tested on and one trained on, so that the school with two pupils has no
/// validation.</remarks>
public sealed class ExamPupils : IPerTaskDataset
{
    /// <summary>The number of schools, which is that of the tasks.</summary>
    public const int Schools = 65;

    /// <inheritdoc/>
    public CatalogueEntry Entry => ExamCatalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request) =>
        Of(CsvFile.Read(Path.Combine(DataFolder.Locate(Entry, request), "Exam.csv.gz")), request.Seed);

    /// <summary>Splits the table of pupils into training, validation and test rows.</summary>
    /// <param name="table">With the columns of <c>Exam.csv.gz</c>.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="DataException">A column is missing, a field is not what it should be, or a school has fewer than two
    /// pupils.</exception>
    public static Splits Of(CsvFile table, int seed)
    {
        var schools = table.Integers("school");
        var stranger = Array.FindIndex(schools, s => s is < 1 or > Schools);
        if (stranger >= 0)
        {
            throw new DataException(
                $"{table.Source}: line {table.Line(stranger)}: school {schools[stranger]}, expected 1 to {Schools}: give the file of " +
                "the catalogue");
        }

        var rows = new OwnedRows(Inputs(table), [.. Numbers(table, "normexam")], [.. schools.Select(s => s - 1)]);
        List<int> train = [], validation = [], test = [];
        var random = new SplitMix64(seed);
        foreach (var (school, pupils) in rows.ByTask(Schools).Index())
        {
            if (pupils.Count < 2)
            {
                throw new DataException(
                    $"{table.Source}: school {school + 1} has {pupils.Count} pupils, expected at least 2, to train and to test on: " +
                    "give the file of the catalogue");
            }

            var drawn = random.Sample<int>([.. pupils], pupils.Count);
            var tested = Math.Max(1, (int)Math.Round(0.25 * drawn.Length));
            var validated = (int)Math.Round(0.15 * drawn.Length);
            test.AddRange(drawn[..tested]);
            validation.AddRange(drawn[tested..(tested + validated)]);
            train.AddRange(drawn[(tested + validated)..]);
        }

        return rows.Split(train, validation, test);
    }

    private static float[] Inputs(CsvFile table)
    {
        float[][] columns =
        [
            Numbers(table, "standLRT"),
            .. Flags(table, "sex", ["F", "M"], ["F"]),
            .. Flags(table, "schgend", ["mixed", "boys", "girls"], ["boys", "girls"]),
            Numbers(table, "schavg"),
            .. Flags(table, "vr", Bands, Bands[1..]),
            .. Flags(table, "intake", Bands, Bands[1..]),
        ];
        return [.. Enumerable.Range(0, table.Count).SelectMany(row => columns.Select(c => c[row]))];
    }

    private static readonly string[] Bands = ["bottom 25%", "mid 50%", "top 25%"];

    private static float[] Numbers(CsvFile table, string column)
    {
        var numbers = table.Numbers(column);
        var missing = Array.FindIndex(numbers, double.IsNaN);
        return missing < 0 ? [.. numbers.Select(n => (float)n)]
            : throw new DataException(
                $"{table.Source}: line {table.Line(missing)}, column '{column}': no value, expected a number: give the file of the " +
                "catalogue");
    }

    // The first category has no column, because it is where all others are 0.
    private static IEnumerable<float[]> Flags(CsvFile table, string column, string[] known, string[] flagged)
    {
        var texts = table.Texts(column);
        var stranger = Array.FindIndex(texts, t => !known.Contains(t));
        return stranger < 0 ? flagged.Select(f => texts.Select(t => t == f ? 1f : 0f).ToArray())
            : throw new DataException(
                $"{table.Source}: line {table.Line(stranger)}, column '{column}': '{texts[stranger]}', expected " +
                $"{string.Join(" or ", known)}: give the file of the catalogue");
    }
}
