using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Transfers;

/// <summary>A transfer as its attribute declares it; one that has options derives from it.</summary>
/// <param name="Kind">The attribute's name without suffix, which is the label in reports too.</param>
/// <param name="Hypers">Its hyper-parameters.</param>
/// <param name="HasRamp">True if α and γ grow from 0 while training begins.</param>
internal abstract record TransferModel(string Kind, EquatableArray<HyperModel> Hypers, bool HasRamp) : MethodModel(Kind, Kind, Hypers);

/// <summary>An asymmetric transfer between tasks of one network, for which a task pays by its own loss.</summary>
internal abstract class TransferMethod(string attribute) : Method(attribute)
{
    public abstract TransferModel? Read(AttributeReader attribute, TaskSetModel tasks);

    /// <summary>Reports a trunk that the transfer cannot have.</summary>
    public virtual void Check(AttributeReader attribute, TransferModel model, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
    }

    /// <summary>The parameters that it adds to the network.</summary>
    public abstract IReadOnlyList<ParameterCode> Parameters(VariantFile file);

    /// <summary>What each task sends, ‖a_t‖₁ [T], in the price 1 + α‖a_t‖₁ of its loss.</summary>
    public abstract (Code Code, string Symbol) Outgoing(VariantFile file);

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
        var price = "1" + (Ramp.Of(file, "Alpha") * code);
        return ($"Tensor asymmetry = {price};", $"1 + α{symbol}  [{file.Tasks.Count}]");
    }
}
