using System.Globalization;
using UAmtfl.Models;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>A column of a file of predictions.</summary>
/// <param name="Name">The task and what is predicted, such as <c>Nine.probability</c>.</param>
/// <param name="Values">[N]</param>
internal sealed record PredictionColumn(string Name, double[] Values);

/// <summary>Puts the predictions of one or more models into columns: the mean over the models and, if there are several, the standard
/// deviation between them (divisor: their number less one).</summary>
internal static class PredictionColumns
{
    private const string Deviation = ".sd";

    /// <summary>Puts predictions into columns.</summary>
    /// <param name="models">The predictions of the same rows, one for each seed, at least one.</param>
    /// <param name="trainedOn">The names of the tasks that the models are trained on, which get columns; null for all.</param>
    public static IReadOnlyList<PredictionColumn> Of(IReadOnlyList<PredictedRows> models, IReadOnlyList<string>? trainedOn) =>
        [.. models[0].Tasks.SelectMany((task, place) => task.Kind switch
        {
            _ when trainedOn?.Contains(task.Name) == false => [],
            TaskKind.Binary => Binary(task.Name, [.. models.Select(m => m.Binary(place))]),
            TaskKind.Classification => Classes(task, [.. models.Select(m => m.Classification(place))]),
            _ => Regression(task.Name, [.. models.Select(m => m.Regression(place))]),
        })];

    private static List<PredictionColumn> Binary(string task, BinaryPrediction[] models)
    {
        var columns = MeanAndDeviation($"{task}.probability", [.. models.Select(m => m.Probability)]);
        columns.Add(new($"{task}.label", Array.ConvertAll(columns[0].Values, p => p > 0.5 ? 1.0 : 0)));
        return columns;
    }

    private static List<PredictionColumn> Classes(TaskInfo task, ClassificationPrediction[] models)
    {
        var shares = Enumerable.Range(0, task.Outputs)
            .Select(c => MeanAndDeviation(
                string.Create(CultureInfo.InvariantCulture, $"{task.Name}.probability{c}"),
                [.. models.Select(m => Array.ConvertAll(m.Probabilities, row => row[c]))]))
            .ToList();
        var classes = new double[shares[0][0].Values.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = Enumerable.Range(0, task.Outputs).MaxBy(c => shares[c][0].Values[i]);
        }

        return [new($"{task.Name}.class", classes), .. shares.SelectMany(s => s)];
    }

    private static List<PredictionColumn> Regression(string task, RegressionPrediction[] models)
    {
        var columns = MeanAndDeviation($"{task}.value", [.. models.Select(m => m.Value)]);
        if (models[0].Sigma is not null)
        {
            columns.Add(MeanAndDeviation($"{task}.sigma", [.. models.Select(m => m.Sigma!)])[0]);
        }

        return columns;
    }

    private static List<PredictionColumn> MeanAndDeviation(string name, double[][] models)
    {
        if (models.Length == 1)
        {
            return [new(name, models[0])];
        }

        var (means, deviations) = (new double[models[0].Length], new double[models[0].Length]);
        for (var i = 0; i < means.Length; i++)
        {
            var mean = means[i] = models.Average(m => m[i]);
            deviations[i] = Math.Sqrt(models.Sum(m => (m[i] - mean) * (m[i] - mean)) / (models.Length - 1));
        }

        return [new(name, means), new(name + Deviation, deviations)];
    }
}
