namespace UAmtfl.Messages;

/// <summary>Builds words for messages.</summary>
internal static class Words
{
    /// <summary>Returns a number and a noun in the singular or plural: «1 cell», «2 cells».</summary>
    public static string Count(int number, string thing) => FormattableString.Invariant($"{number} {thing}{(number == 1 ? "" : "s")}");

    /// <summary>Returns a sentence without its full stop, as another text goes on after it. Messages of .NET end with one.</summary>
    public static string Clause(string sentence) => sentence.TrimEnd().TrimEnd('.');
}
