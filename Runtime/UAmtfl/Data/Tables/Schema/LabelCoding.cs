using System.Globalization;

namespace UAmtfl.Data.Tables;

/// <summary>The ways in which the values of a column become labels.</summary>
internal enum LabelForm
{
    /// <summary>The label is the number.</summary>
    Number,

    /// <summary>The label is the place of the number among the different ones, ascending.</summary>
    Rank,

    /// <summary>The label is the place of the text among the classes.</summary>
    Text,
}

/// <summary>How the values of a column become the labels of a task.</summary>
/// <param name="Form">The way.</param>
/// <param name="Classes">The classes in the order of the labels; empty if the labels are the numbers of the column.</param>
internal sealed record LabelCoding(LabelForm Form, IReadOnlyList<string> Classes)
{
    private static readonly LabelCoding AsNumbers = new(LabelForm.Number, []);

    /// <summary>Decides how a column becomes labels.</summary>
    /// <param name="column">The column, with its numbers if it is one of numbers and its texts if it is one of text.</param>
    /// <param name="classes">The number of classes, 2 for a binary task; 0 for a regression.</param>
    /// <param name="stated">The classes in order, if the declaration states them; empty otherwise.</param>
    /// <param name="wrong">What is wrong, for a message that begins with the column; null if nothing is.</param>
    public static LabelCoding? Of(ColumnFacts column, int classes, IReadOnlyList<string> stated, out string? wrong)
    {
        var kind = column.Tally.Kind;
        wrong = kind == ColumnKind.Empty ? "has no value: name another with [Column(\"name\")]"
            : stated.Count > 0 ? OfStated(column, classes, stated)
            : classes == 0 ? OfRegression(column.Tally)
            : kind == ColumnKind.Flag && classes > 2 ? $"is true or false, and the task has {classes} classes: write [Binary]"
            : kind == ColumnKind.Text && column.Tally.IsMixed
                ? $"has numbers, and {column.Tally.FirstTextPlace}: mend it, or name it in Markers if it marks a missing value"
            : null;
        if (wrong is not null)
        {
            return null;
        }

        if (stated.Count > 0)
        {
            return new(LabelForm.Text, stated);
        }

        return classes == 0 || kind == ColumnKind.Flag ? AsNumbers
            : kind == ColumnKind.Number ? OfNumbers(column.Numbers!, classes, out wrong)
            : OfTexts(column.Texts!, classes, out wrong);
    }

    private static string? OfStated(ColumnFacts column, int classes, IReadOnlyList<string> stated) =>
        classes == 0 ? "is that of a regression, which has no classes: drop Classes"
        : stated.Count != classes ? $"has {stated.Count} Classes, and the task has {classes}: state as many"
        : column.Texts?.FirstOrDefault(t => !stated.Contains(t)) is { } other
            ? $"has '{other}', which is none of its Classes {ColumnFacts.List(stated)}: add it, or mend the field"
        : null;

    private static string? OfRegression(ColumnTally tally) => tally.Kind switch
    {
        ColumnKind.Number => null,
        ColumnKind.Flag => "is true or false, and a regression needs numbers: write [Binary]",
        _ when tally.IsMixed =>
            $"has numbers, and {tally.FirstTextPlace}: mend it, or name it in Markers if it marks a missing value",
        _ => $"is text, {tally.FirstTextPlace}, and a regression needs numbers: write [Classification(k)], or name another column",
    };

    private static LabelCoding? OfNumbers(IReadOnlyList<double> numbers, int classes, out string? wrong)
    {
        wrong = null;
        if (numbers.All(n => n >= 0 && n < classes && n == Math.Floor(n)))
        {
            return AsNumbers;
        }

        var texts = numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)).ToList();
        if (numbers.Count == classes)
        {
            return new(LabelForm.Rank, texts);
        }

        wrong = $"{Values(texts, "number")}, and the task has {classes} classes: "
            + (numbers.Count > 20 ? "write [Regression], or name another column"
                : numbers.Count == 1 ? "clean the column, or state the classes in order with [Column(Classes = …)]"
                : $"write {Kind(numbers.Count)}, or clean the column");
        return null;
    }

    private static LabelCoding? OfTexts(IReadOnlyList<string> texts, int classes, out string? wrong)
    {
        wrong = texts.Count == classes ? null
            : $"{Values(texts, "value")}, and the task has {classes} classes: "
                + (texts.Count > classes ? $"write {Kind(texts.Count)}, or mend the field that is no class"
                    : (texts.Count > 1 ? $"write {Kind(texts.Count)}, or " : "")
                        + "state the classes in order with [Column(Classes = …)]");
        return wrong is null ? new(LabelForm.Text, texts) : null;
    }

    private static string Values(IReadOnlyList<string> values, string thing) =>
        $"has {(values.Count == 1 ? $"one {thing}" : $"{values.Count} different {thing}s")}, {ColumnFacts.List(values)}";

    private static string Kind(int classes) => classes == 2 ? "[Binary]" : $"[Classification({classes})]";
}
