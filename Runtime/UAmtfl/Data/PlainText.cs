using System.Text.RegularExpressions;

namespace UAmtfl.Data;

/// <summary>Removes control sequences and passwords from the text of other programs, so that it can be shown and stored.</summary>
internal static partial class PlainText
{
    /// <summary>Returns text on one line, without escape sequences, and with blanks for other control characters.</summary>
    public static string Line(string text) => Control().Replace(Escapes().Replace(text, ""), " ");

    /// <summary>Returns text of several lines without escape sequences, and with blanks for other control characters.</summary>
    public static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Line));

    /// <summary>Replaces user and password in addresses by stars: <c>http://***@example.org/</c>.</summary>
    public static string WithoutSecrets(string text) => Address().Replace(text, match =>
    {
        var address = match.Value;
        var start = address.IndexOf("://", StringComparison.Ordinal) + 3;
        var plain = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0;

        // Everything up to the last @ is removed, because a password that is not written with %XX may itself have an @ or a slash.
        return plain ? address : $"{address[..start]}***{address[address.LastIndexOf('@')..]}";
    });

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]*://[^\s'""<>]*@[^\s'""<>]*")]
    private static partial Regex Address();

    /// <summary>Matches CSI and OSC sequences and the two-character ones of ECMA-48, also with 8-bit introducers.</summary>
    [GeneratedRegex(@"(?:\x1B\]|\x9D)[^\x07\x1B\x9C]*(?:\x07|\x1B\\|\x9C)?|(?:\x1B\[|\x9B)[0-?]*[ -/]*[@-~]?|\x1B[@-_]?")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"\p{Cc}+|[\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex Control();
}
