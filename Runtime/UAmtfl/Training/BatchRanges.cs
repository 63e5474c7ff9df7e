namespace UAmtfl.Training;

/// <summary>Where the batches of an epoch begin and end.</summary>
internal static class BatchRanges
{
    /// <summary>The batches: all of the same size but for the last, which has what is left. A remainder that is smaller than
    /// <paramref name="least"/> belongs to the batch before it.</summary>
    /// <param name="rows">N, at least 1.</param>
    /// <param name="size">Rows of a batch, at least 1.</param>
    /// <param name="least">The fewest rows that the network can be trained on, from
    /// <see cref="Trunks.BatchStatistics.LeastRows"/>.</param>
    public static IEnumerable<(long Start, long Rows)> Of(long rows, long size, long least)
    {
        var remainder = rows % size;
        var merged = remainder > 0 && remainder < least && rows > size;
        var count = (rows / size) + (remainder > 0 && !merged ? 1 : 0);
        for (var i = 0L; i < count; i++)
        {
            yield return (i * size, i == count - 1 ? rows - (i * size) : size);
        }
    }

    /// <summary>Refuses a training set or a batch size that leaves no batch with enough rows.</summary>
    /// <param name="rows">N.</param>
    /// <param name="size">Rows of a batch.</param>
    /// <param name="least">From <see cref="Trunks.BatchStatistics.LeastRows"/>.</param>
    /// <exception cref="UAmtflException">There is one training row, or one row a batch,
    /// and the network has batch normalisation.</exception>
    public static void Require(long rows, long size, long least)
    {
        if (rows < least)
        {
            throw new UAmtflException(
                $"the training set has {rows} row, and batch normalisation needs at least {least} rows in a batch; "
                    + "give the training set more rows, or take BatchNorm out of the network");
        }

        if (size < least)
        {
            throw new UAmtflException(
                $"the batch size is {size}, and batch normalisation needs at least {least} rows in a batch; "
                    + "raise Training:BatchSize, or take BatchNorm out of the network");
        }
    }
}
