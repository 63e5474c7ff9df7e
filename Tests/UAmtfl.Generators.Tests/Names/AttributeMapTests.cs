using System.Text.RegularExpressions;
using System.Xml.Linq;
using UAmtfl.Tests.Support;

namespace UAmtfl.Generators.Tests.Names;

/// <summary>The page docs/attributes.md lists every attribute that a declaration can have, with its options and the first sentence of its
/// docstring. It is written by this test: <c>SNAPSHOT_ACCEPT=1</c> rewrites it.</summary>
public sealed partial class AttributeMapTests
{
    private const string Folder = "Runtime/UAmtfl/Attributes";

    /// <summary>The folders of the attributes in the order of the page, with their headings.</summary>
    private static readonly (string Folder, string Heading)[] Groups =
    [
        ("Experiment", "Experiments and training"), ("Data", "Data"), ("Tasks", "Tasks and their losses"),
        ("WeakSupervision", "Weak supervision"), ("Layers", "Networks"),
        ("Methods/Architectures", "How tasks share a network"), ("Methods/Sharing", "Transfer between tasks, and linear models"),
        ("Methods/Penalties", "Penalties"), ("Weightings", "Weightings of losses and gradients"), ("Start", "Where a training starts"),
        ("Search", "Hyper-parameters"), ("Report", "Roles and metrics"),
    ];

    [Fact]
    public void ThePageListsEveryAttribute()
    {
        var page = Path.Combine(Repository.Root, "docs/attributes.md");
        var text = Page();
        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            File.WriteAllText(page, text);
        }

        Assert.Equal(text, File.ReadAllText(page).ReplaceLineEndings("\n"));
    }

    private static string Page()
    {
        var attributes = typeof(ExperimentAttribute).Assembly.GetExportedTypes()
            .Where(t => t.IsSubclassOf(typeof(Attribute)) && !t.IsAbstract && !Described.Descriptions.Contains(t))
            .ToLookup(FolderOf);
        Assert.Equal(Groups.Select(g => g.Folder).Order(), attributes.Select(g => g.Key).Order());
        var docs = XDocument.Load(Path.ChangeExtension(typeof(ExperimentAttribute).Assembly.Location, ".xml"))
            .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
        List<string> lines =
        [
            "# All attributes", "",
            "This page is generated from the docstrings, which say more. [The language](language.md) says how attributes are combined.",
        ];
        foreach (var (folder, heading) in Groups)
        {
            var members = attributes[folder].OrderBy(NameOf, StringComparer.Ordinal).ToList();
            lines.AddRange(["", $"## {heading}", "", $"`using {members[0].Namespace};`", "", "| attribute | meaning |", "|---|---|"]);
            lines.AddRange(members.Select(t => $"| `{Written(t)}` | {Sentence(docs[$"T:{t.FullName}"])} |"));
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>The folder, below that of all attributes, of the source file with the class.</summary>
    private static string FolderOf(Type attribute)
    {
        var root = Path.Combine(Repository.Root, Folder);
        var declaration = new Regex($@"\bclass {attribute.Name.Split('`')[0]}\b");
        var file = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Single(f => declaration.IsMatch(File.ReadAllText(f)));
        return Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/');
    }

    private static string NameOf(Type attribute) => attribute.Name.Split('`')[0][..^"Attribute".Length];

    /// <summary>The attribute with its options: those of the constructor first, then those that are named.</summary>
    private static string Written(Type attribute)
    {
        var parameters = attribute.GetConstructors().Single().GetParameters();
        var options = attribute.GetProperties()
            .Where(p => p.SetMethod is { IsPublic: true })
            .OrderBy(p => p.MetadataToken).Select(p => p.Name);
        var inside = string.Join(", ", [.. parameters.Select(p => p.Name!), .. options]);
        return NameOf(attribute) + (attribute.IsGenericTypeDefinition ? "<T>" : "") + (inside.Length > 0 ? $"({inside})" : "");
    }

    /// <summary>The first sentence of a summary, as plain text.</summary>
    private static string Sentence(XElement member)
    {
        var text = string.Concat(member.Element("summary")!.Nodes().Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement element => $"`{Short((element.Attribute("cref") ?? element.Attribute("name"))!.Value)}`",
            _ => "",
        }));
        return SentenceEnd().Split(Blanks().Replace(text.Trim(), " "))[0].TrimEnd('.').Replace("|", "\\|", StringComparison.Ordinal) + ".";
    }

    private static string Short(string reference)
    {
        var name = reference.Split('.', ':')[^1].Split('`')[0];
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
    }

    [GeneratedRegex(@"(?<=\.) (?=[A-Z])")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
