using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace UAmtfl.Generators.Parsing;

/// <summary>The text of one declaration of a type that is not nested in another, as far as other declarations can depend on it.</summary>
/// <param name="node">The declaration.</param>
/// <param name="context">The namespace and the using directives around it, on which the meaning of its names depends.</param>
/// <param name="contextNames">The identifiers in <paramref name="context"/>.</param>
internal sealed class DeclaredType(MemberDeclarationSyntax node, string context, IEnumerable<string> contextNames)
{
    private readonly Lazy<string> full = new(() => context + node.ToFullString());
    private readonly Lazy<(string Text, IReadOnlyList<string> Names)> declared = new(() => SyntaxText.Of(node, context, contextNames));

    /// <summary>The simple name of the type, which any other file must use to refer to it or to a type nested in it.</summary>
    public string Name { get; } = node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax @delegate => @delegate.Identifier.ValueText,
        _ => "",
    };

    /// <summary>The declaration without comments and bodies of methods, because no other declaration depends on those.</summary>
    public string Text => declared.Value.Text;

    /// <summary>The declaration as it is written, comments included, because a summary comment becomes the title of an
    /// experiment.</summary>
    public string FullText => full.Value;

    /// <summary>The name of every type that <see cref="Text"/> or the directives around it can refer to.</summary>
    public IReadOnlyList<string> Names => declared.Value.Names;

    /// <summary>The metadata names of the types in the declaration that have an attribute, because only these can be
    /// experiments.</summary>
    public IReadOnlyList<string> Attributed { get; } =
    [
        .. node.DescendantNodesAndSelf(SyntaxText.IsDeclaration).OfType<TypeDeclarationSyntax>()
            .Where(t => t.AttributeLists.Count > 0).Select(SyntaxText.MetadataName),
    ];
}

/// <summary>The declarations of one file, which are read once for each version of the file, however many compilations share it.</summary>
internal sealed class FileDeclarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileDeclarations> Read = new();

    private FileDeclarations(CompilationUnitSyntax root)
    {
        var globals = root.Usings.Where(u => !u.GlobalKeyword.IsKind(SyntaxKind.None)).Cast<SyntaxNode>()
            .Concat(root.AttributeLists).ToList();
        var (types, namespaces) = (new List<DeclaredType>(), new HashSet<string>());
        Add(
            root.Members,
            string.Join("\n", root.Externs.Cast<SyntaxNode>().Concat(root.Usings)),
            root.Externs.Cast<SyntaxNode>().Concat(root.Usings).SelectMany(SyntaxText.Names));
        (Types, Namespaces, Global, GlobalNames) = (
            types, namespaces, string.Join("\n", globals), [.. globals.SelectMany(SyntaxText.Names)]);

        void Add(IEnumerable<MemberDeclarationSyntax> members, string context, IEnumerable<string> names)
        {
            foreach (var member in members)
            {
                if (member is BaseNamespaceDeclarationSyntax space)
                {
                    namespaces.Add(space.Name.ToString());
                    Add(
                        space.Members,
                        $"{context}\nnamespace {space.Name}\n{string.Join("\n", space.Usings)}\n",
                        [.. names, .. SyntaxText.Names(space.Name), .. space.Usings.SelectMany(SyntaxText.Names)]);
                }
                else if (member is not GlobalStatementSyntax)
                {
                    types.Add(new(member, context, names));
                }
            }
        }
    }

    /// <summary>The types of the file that are not nested in another.</summary>
    public IReadOnlyList<DeclaredType> Types { get; }

    /// <summary>The names of the namespaces that the file declares. They matter because a new namespace can hide a name
    /// everywhere.</summary>
    public IReadOnlyCollection<string> Namespaces { get; }

    /// <summary>The global using directives and the assembly attributes of the file.</summary>
    public string Global { get; }

    /// <summary>The identifiers in <see cref="Global"/>.</summary>
    public IReadOnlyList<string> GlobalNames { get; }

    public static FileDeclarations Of(SyntaxTree tree) => Read.GetValue(tree, static t => new((CompilationUnitSyntax)t.GetRoot()));
}
