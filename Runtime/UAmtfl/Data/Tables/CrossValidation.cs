using UAmtfl.Messages;

namespace UAmtfl.Data.Tables;

/// <summary>Splits rows for a cross-validation whose folds are the seeds of a run.</summary>
internal static class CrossValidation
{
    /// <summary>Returns the splits of a seed: seed 1 is tested on the first fold, seed 2 on the second, and so on. After all folds the
    /// rows are dealt out anew.</summary>
    /// <param name="source">The name of the data, for messages.</param>
    /// <param name="rows">The rows, ascending.</param>
    /// <param name="splitter">Makes what deals rows out.</param>
    /// <param name="seed">The seed of the run, at least 1.</param>
    /// <param name="deal">The seed of the first deal; 0 for 1.</param>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="validation">The fraction of all rows that is for the validation.</param>
    /// <param name="words">The words for one row and for several, for messages.</param>
    /// <returns>The rows for training, validation and test, ascending.</returns>
    /// <exception cref="DataException">There are too few folds or rows.</exception>
    public static List<int>[] Split(
        string source, IReadOnlyList<int> rows, Func<IReadOnlyList<int>, RowSplitter> splitter, int seed, int deal, int folds,
        double validation, (string One, string Several) words)
    {
        RequireSeveral(folds);
        var (round, fold) = Math.DivRem(seed - 1, folds);
        var dealt = splitter(rows).Deal(Math.Max(1, deal) + round, folds);
        if (dealt[fold].Count == 0)
        {
            throw new DataException(
                $"{source}: fold {fold + 1} of {folds} has no {words.One}, because there are fewer {words.Several}: choose fewer folds");
        }

        List<int> rest = [.. dealt.Where((_, f) => f != fold).SelectMany(f => f).Order()];
        var share = validation * folds / (folds - 1);
        if (share >= 1)
        {
            throw new DataException(FormattableString.Invariant(
                $"{source}: a validation fraction of {validation} and {Words.Count(folds, "fold")} leave no ")
                + $"training {words.One}: choose a smaller one");
        }

        var drawn = splitter(rest).Draw(seed, 1 - share, 1);
        return [drawn[RowSplitter.Train], drawn[RowSplitter.Validation], dealt[fold]];
    }

    /// <summary>Throws if a cross-validation has one fold.</summary>
    /// <exception cref="DataException">There is one fold.</exception>
    public static void RequireSeveral(int folds)
    {
        if (folds == 1)
        {
            throw new DataException("a cross-validation has at least 2 folds, found 1: choose more, or 0 for none");
        }
    }
}
