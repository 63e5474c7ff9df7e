using UAmtfl.Data;
using UAmtfl.Experiments.Tables;
using UAmtfl.Numerics;

namespace UAmtfl.Experiments.School;

/// <summary>Examination scores of 15,362 pupils of 139 London schools, with the splits of Argyriou, Evgeniou and Pontil (2008); each
/// school a task.</summary>
/// <remarks>Seed s has split s: its test rows are tested on; of its training rows a tenth of each school's, drawn by the seed, is for
/// validation. Inputs [N, 27]: year, shares of free school meals and of verbal reasoning band 1, sex, band, ethnic group, kind of
/// school; the file's last column, a constant, is left out, since every method has intercepts.</remarks>
public sealed class SchoolPupils : IPerTaskDataset
{
    /// <summary>The number of schools, which is that of the tasks.</summary>
    public const int Schools = 139;

    /// <summary>The number of splits, which is that of the seeds.</summary>
    public const int SplitCount = 10;

    private const int InputCount = 27;

    /// <inheritdoc/>
    public CatalogueEntry Entry => SchoolCatalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var folder = DataFolder.Locate(Entry, request);
        return Of(CsvFile.Read(Path.Combine(folder, "school.csv.gz")), CsvFile.Read(Path.Combine(folder, "splits.csv.gz")), request.Seed);
    }

    /// <summary>Splits the table of pupils as the table of splits says for a seed.</summary>
    /// <param name="pupils">With the columns of <c>school.csv.gz</c>.</param>
    /// <param name="splits">With the columns of <c>splits.csv.gz</c>, a row a pupil.</param>
    /// <param name="seed">1 to 10.</param>
    /// <exception cref="DataException">There is no such split, the files do not fit, or a school has no pupil to test on or fewer than two
    /// to train on.</exception>
    public static Splits Of(CsvFile pupils, CsvFile splits, int seed)
    {
        if (seed is < 1 or > SplitCount)
        {
            throw new DataException(
                $"the data set school has {SplitCount} splits, one a seed, and none for seed {seed}: ask for at most {SplitCount} seeds");
        }

        if (splits.Count != pupils.Count)
        {
            throw new DataException(
                $"{splits.Source}: {splits.Count} rows, expected {pupils.Count}, one for each pupil of {pupils.Source}: give two files " +
                "that belong together");
        }

        var schools = pupils.Integers("task");
        var stranger = Array.FindIndex(schools, s => s is < 0 or >= Schools);
        if (stranger >= 0)
        {
            throw new DataException(
                $"{pupils.Source}: line {pupils.Line(stranger)}: task {schools[stranger]}, expected 0 to {Schools - 1}: give the file " +
                "of the catalogue");
        }

        var tested = splits.Integers($"split{seed}");
        string[] inputs = [.. Enumerable.Range(0, InputCount).Select(x => $"x{x}")];
        var rows = new OwnedRows(pupils.Matrix(inputs), pupils.Matrix(["score"]), schools);
        List<int> train = [], validation = [], test = [];
        var random = new SplitMix64(seed);
        foreach (var (school, own) in rows.ByTask(Schools).Index())
        {
            var known = own.Where(row => tested[row] == 0).ToArray();
            var unknown = own.Where(row => tested[row] == 1).ToArray();
            if (known.Length < 2 || unknown.Length == 0 || known.Length + unknown.Length < own.Count)
            {
                throw new DataException(
                    $"{splits.Source}: split{seed} has {known.Length} pupils of school {school} for training and {unknown.Length} for " +
                    $"testing, expected at least 2 and 1, and 0 or 1 for each of {own.Count}: give the file of the catalogue");
            }

            var drawn = random.Sample<int>(known, known.Length);
            var validated = (int)Math.Round(0.1 * drawn.Length);
            validation.AddRange(drawn[..validated]);
            train.AddRange(drawn[validated..]);
            test.AddRange(unknown);
        }

        return rows.Split(train, validation, test);
    }
}
