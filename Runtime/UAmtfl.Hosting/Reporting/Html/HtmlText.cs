using System.Net;
using System.Text;

namespace UAmtfl.Reporting.Html;

/// <summary>Writes words into a page, so that no name or description can be taken for mark-up.</summary>
internal static class HtmlText
{
    /// <summary>Returns words as HTML, for text and for attributes in double quotes.</summary>
    public static string Of(string words) => WebUtility.HtmlEncode(words).Replace("\n", " ");

    /// <summary>Returns several lines as HTML, which keeps them apart.</summary>
    public static string Code(string lines) => WebUtility.HtmlEncode(lines);

    /// <summary>Returns a part of an identifier, without the characters that a link would have to encode.</summary>
    public static string Slug(string words) =>
        string.Concat(words.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    /// <summary>Begins a region that scrolls sideways by itself on a narrow screen, and that a keyboard reaches.</summary>
    /// <param name="text">The page.</param>
    /// <param name="name">The name of the region for readers who hear the page; each is different.</param>
    public static StringBuilder BeginScroll(this StringBuilder text, string name) =>
        text.Append($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{Of(name)}\">\n");

    /// <summary>Appends a list of sentences; nothing if there are none.</summary>
    public static StringBuilder AppendList(this StringBuilder text, IEnumerable<string> sentences, string name = "lines")
    {
        var items = string.Concat(sentences.Select(s => $"<li>{Of(s)}</li>\n"));
        return items.Length == 0 ? text : text.Append($"<ul class=\"{name}\">\n{items}</ul>\n");
    }
}
