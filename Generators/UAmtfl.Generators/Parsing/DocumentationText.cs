using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the words of a documentation comment, which is XML, as a reader of the page would see them.</summary>
internal static class DocumentationText
{
    /// <summary>The attributes that hold the words of an empty element, such as the cref of a see.</summary>
    private static readonly string[] Words = ["cref", "name", "langword", "href"];

    /// <summary>Elements that begin on a line of their own, so that a space stands before and after their words.</summary>
    private static readonly string[] Blocks = ["para", "br", "list", "item", "term", "description", "code"];

    /// <summary>Returns the words of a summary on one line, or null if it has none. A summary that is not well-formed XML is returned
    /// as it is written, because the compiler accepts it too.</summary>
    /// <param name="summary">What stands between the tags of the summary, with the marks of the comment at the beginning of each
    /// line.</param>
    public static string? Of(string summary)
    {
        var xml = Regex.Replace(summary, @"\s*\n\s*(///|\*)\s*", " ");
        string text;
        try
        {
            text = string.Concat(XElement.Parse($"<summary>{xml}</summary>", LoadOptions.PreserveWhitespace).Nodes().Select(Of));
        }
        catch (XmlException)
        {
            text = xml;
        }

        text = Regex.Replace(text, @"\s+", " ").Trim();
        return text.Length > 0 ? text : null;
    }

    private static string Of(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element => Of(element),
        _ => "",
    };

    private static string Of(XElement element)
    {
        var text = string.Concat(element.Nodes().Select(Of));
        if (text.Length == 0)
        {
            var word = Words.Select(name => element.Attribute(name)?.Value).FirstOrDefault(value => value is not null) ?? "";

            // The compiler's own form of a reference begins with the kind of symbol, as in T:DsData; braces stand for < and >.
            text = element.Attribute("cref") is null ? word : Regex.Replace(word, "^[A-Z]:", "").Replace('{', '<').Replace('}', '>');
        }

        return Blocks.Contains(element.Name.LocalName) ? $" {text} " : text;
    }
}
