namespace UAmtfl.Messages;

/// <summary>Words of messages.</summary>
internal static class Words
{
    /// <summary>«1 cell», «2 cells».</summary>
    public static string Count(int number, string thing) => FormattableString.Invariant($"{number} {thing}{(number == 1 ? "" : "s")}");
}
