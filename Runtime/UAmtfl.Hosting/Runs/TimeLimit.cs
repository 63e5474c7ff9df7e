using System.Globalization;

namespace UAmtfl.Hosting;

/// <summary>The time at which a run stops, and leaves the cells that are not finished to <c>run --resume</c>.</summary>
/// <param name="End">The time; null for no limit.</param>
/// <param name="Clock">Tells the time.</param>
internal sealed record TimeLimit(DateTimeOffset? End, TimeProvider Clock)
{
    private static readonly (char Unit, TimeSpan Length)[] Units =
    [
        ('s', TimeSpan.FromSeconds(1)), ('m', TimeSpan.FromMinutes(1)), ('h', TimeSpan.FromHours(1)), ('d', TimeSpan.FromDays(1)),
    ];

    /// <summary>No limit.</summary>
    public static TimeLimit None { get; } = new(null, TimeProvider.System);

    /// <summary>True from the end of the limit on.</summary>
    public bool Passed => End is { } end && Clock.GetUtcNow() >= end;

    /// <summary>Returns the limit that ends after a duration from now.</summary>
    public static TimeLimit After(TimeSpan duration) => new(DateTimeOffset.UtcNow + duration, TimeProvider.System);

    /// <summary>Reads a duration such as <c>90m</c>, <c>1.5h</c> or <c>2d</c>; null if the text is none, or not above 0.</summary>
    public static TimeSpan? Duration(string text) =>
        text.Length > 1
        && Array.Find(Units, u => u.Unit == text[^1]) is { Unit: not '\0' } unit
        && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number > 0
        && number * unit.Length.TotalDays <= 3650
            ? number * unit.Length
            : null;
}

/// <summary>Ends a training whose run has reached its time limit, after the checkpoint of its last epoch was written.</summary>
internal sealed class TimeLimitException() : OperationCanceledException("the time limit of the run was reached");
