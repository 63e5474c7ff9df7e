using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Transfers;

/// <summary>An asymmetric transfer between tasks of one network, for which a task pays by its own loss.</summary>
internal abstract class TransferMethod(string attribute) : Method(attribute)
{
    public abstract MethodModel? Read(AttributeReader attribute, TaskSetModel tasks);

    /// <summary>Reports a trunk that the transfer cannot have.</summary>
    public virtual void Check(AttributeReader attribute, MethodModel model, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
    }

    /// <summary>The parameters that it adds to the network.</summary>
    public abstract IReadOnlyList<ParameterCode> Parameters(VariantFile file);

    /// <summary>What each task sends, ‖a_t‖₁ [T], in the price 1 + α‖a_t‖₁ of its loss.</summary>
    public abstract (string Code, string Symbol) Outgoing(VariantFile file);

    /// <summary>The terms of the objective, without the price.</summary>
    public abstract IReadOnlyList<TermCode> Terms(VariantFile file);

    /// <summary>Statements that put the parameters back into their set after a step.</summary>
    public virtual IReadOnlyList<string> Project(VariantFile file) => [];

    /// <summary>The learnt transfer [T, T], an expression in members of the network, with its formula.</summary>
    public abstract (string Code, string Formula) Learnt(VariantFile file);

    /// <summary>The statement that computes the price 1 + α‖a_t‖₁ [T].</summary>
    public (string Code, string Comment) Price(VariantFile file)
    {
        var (code, symbol) = Outgoing(file);
        return ($"Tensor asymmetry = 1 + ({Ramp.Of(file, "Alpha")} * {code});", $"1 + α{symbol}  [{file.Tasks.Count}]");
    }
}
