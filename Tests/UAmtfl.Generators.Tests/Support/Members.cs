using System.Text.RegularExpressions;
using DiffPlex.Renderer;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace UAmtfl.Generators.Tests.Support;

/// <summary>Compares members of the generated code with the members that a test expects.</summary>
internal static partial class Members
{
    private const string Elision = "// …";

    /// <summary>
    /// Fails with a unified diff unless a generated class has the members of <paramref name="members"/>, with equal tokens and comments.
    /// Line breaks and indentation do not count, so that a test can wrap long lines. In the expected text, global:: and the namespaces of
    /// the runtime, of TorchSharp and of the declaration are left out, and a comment «// …» stands for any code. Documentation is
    /// compared only where the expected member has it.
    /// </summary>
    /// <param name="run">The run of the generator.</param>
    /// <param name="type">The class inside the experiment, as in «Mtl», «Mtl.Network» or, for the experiment itself, «».</param>
    /// <param name="members">Whole members, each with its signature, by which it is found.</param>
    /// <returns>The same run, for a test of several classes.</returns>
    public static GeneratorRun AssertHas(this GeneratorRun run, string type, string members)
    {
        AssertHas([.. run.Sources.Select(source => source.Text)], type, members);
        return run;
    }

    /// <summary>Fails with a unified diff unless a class in these texts has the members of <paramref name="members"/>.</summary>
    public static void AssertHas(IReadOnlyList<string> texts, string type, string members)
    {
        var path = type.Split('.', StringSplitOptions.RemoveEmptyEntries);
        var found = texts.SelectMany(
            text => MembersOf(CSharpSyntaxTree.ParseText(Short(text), References.Parse), ["Study", .. path])).ToLookup(Signature);
        var expected = CSharpSyntaxTree.ParseText($"class @{path.LastOrDefault("Study")} {{\n{members}\n}}", References.Parse);
        Assert.Empty(expected.GetDiagnostics());
        foreach (var member in MembersOf(expected, [path.LastOrDefault("Study")]))
        {
            var signature = Signature(member);
            Assert.True(found.Contains(signature), $"{type} has no {signature}; it has {string.Join(", ", found.Select(f => f.Key))}");
            var actual = found[signature].Single();
            var documented = member.GetLeadingTrivia().Any(IsDocumentation);
            Assert.True(Pattern(member, documented).IsMatch(Tokens(actual, documented)), Difference(member, actual, documented));
        }
    }

    /// <summary>Fails if there is a class of this name inside the experiment.</summary>
    public static GeneratorRun AssertHasNo(this GeneratorRun run, string type)
    {
        Assert.Empty(
            run.Sources.SelectMany(
                source => MembersOf(CSharpSyntaxTree.ParseText(source.Text, References.Parse), ["Study", .. type.Split('.')])));
        return run;
    }

    private static string Short(string text) => Namespaces().Replace(text, "");

    private static IEnumerable<MemberDeclarationSyntax> MembersOf(SyntaxTree tree, string[] path)
    {
        var root = tree.GetCompilationUnitRoot();
        var members = root.Members.Concat(root.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(n => n.Members));
        foreach (var name in path)
        {
            members = members.OfType<TypeDeclarationSyntax>().Where(t => t.Identifier.ValueText == name).SelectMany(t => t.Members);
        }

        return members;
    }

    private static string Signature(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => $"{method.Identifier.Text}({Types(method.ParameterList)})",
        ConstructorDeclarationSyntax constructor => $"{constructor.Identifier.Text}({Types(constructor.ParameterList)})",
        IndexerDeclarationSyntax indexer => $"this[{Types(indexer.ParameterList)}]",
        PropertyDeclarationSyntax property => property.Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        _ => throw new NotSupportedException($"a test names a member of kind {member.Kind()}"),
    };

    private static string Types(BaseParameterListSyntax parameters) => string.Join(", ", parameters.Parameters.Select(p => p.Type));

    /// <summary>Lists the tokens and comments of a member, one a line.</summary>
    private static string Tokens(MemberDeclarationSyntax member, bool documented) => string.Concat(Lines(member, documented));

    private static IEnumerable<string> Lines(MemberDeclarationSyntax member, bool documented) =>
        from token in member.DescendantTokens()
        from text in (string[])[.. Comments(token.LeadingTrivia, documented), token.Text, .. Comments(token.TrailingTrivia, documented)]
        select $"{text}\n";

    private static IEnumerable<string> Comments(SyntaxTriviaList trivia, bool documented) =>
        from comment in trivia
        where comment.IsKind(SyntaxKind.SingleLineCommentTrivia) || (documented && IsDocumentation(comment))
        select Breaks().Replace(comment.ToFullString(), " ").Trim();

    private static bool IsDocumentation(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia);

    private static Regex Pattern(MemberDeclarationSyntax member, bool documented) =>
        new(
            $"^{string.Concat(Lines(member, documented).Select(line => line == $"{Elision}\n" ? "(?:.*\n)?" : Regex.Escape(line)))}$",
            RegexOptions.Singleline);

    private static string Difference(MemberDeclarationSyntax expected, MemberDeclarationSyntax actual, bool documented) =>
        UnidiffRenderer.GenerateUnidiff(Readable(expected, documented), Readable(actual, documented), "expected", "generated");

    /// <summary>Prints a member without the indentation of its class, and with its comments not aligned in columns.</summary>
    private static string Readable(MemberDeclarationSyntax member, bool documented)
    {
        var text = (documented ? member : member.WithoutLeadingTrivia()).ToFullString().Trim('\n').TrimEnd();
        var indentation = Regex.Match(text, @"\n( *)\S+\s*$").Groups[1].Value;
        return Columns().Replace(text.Replace($"\n{indentation}", "\n").Trim(), "$1   //");
    }

    [GeneratedRegex(@"global::(?:UAmtfl\.|TorchSharp\.|Lab\.|System\.Collections\.Generic\.)?")]
    private static partial Regex Namespaces();

    [GeneratedRegex(@"\s*\n\s*///\s*(?!<)")]
    private static partial Regex Breaks();

    [GeneratedRegex(@"(\S) {2,}//")]
    private static partial Regex Columns();
}
