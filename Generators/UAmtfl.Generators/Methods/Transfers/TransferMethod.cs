using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Transfers;

/// <summary>The options of a transfer, as its attribute declares them. A transfer with further options has a record that derives from this
/// one.</summary>
/// <param name="Kind">The name of the attribute without suffix, which is also the label in reports.</param>
/// <param name="Hypers">The hyper-parameters.</param>
/// <param name="HasRamp">True if α and γ grow from 0 in the first part of the training.</param>
internal abstract record TransferModel(string Kind, EquatableArray<HyperModel> Hypers, bool HasRamp) : MethodModel(Kind, Kind, Hypers);

/// <summary>An asymmetric transfer between the tasks of one network: the more a task sends to others, the more its own loss
/// weighs.</summary>
internal abstract class TransferMethod(string attribute) : Method(attribute)
{
    public abstract TransferModel? Read(AttributeReader attribute, TaskSetModel tasks);

    /// <summary>Reports a trunk that does not fit the transfer.</summary>
    public virtual void Check(AttributeReader attribute, TransferModel model, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
    }

    /// <summary>Returns the parameters that the transfer adds to the network.</summary>
    public abstract IReadOnlyList<ParameterCode> Parameters(VariantFile file);

    /// <summary>Returns the code and the symbol of what each task sends, ‖a_t‖₁ [T], which is part of the factor 1 + α‖a_t‖₁ of its
    /// loss.</summary>
    public abstract (Code Code, string Symbol) Outgoing(VariantFile file);

    /// <summary>Returns the terms that the transfer adds to the objective, in addition to the factors of the losses.</summary>
    public abstract IReadOnlyList<TermCode> Terms(VariantFile file);

    /// <summary>Returns the statements that project the parameters onto their feasible set after a step.</summary>
    public virtual IReadOnlyList<string> Project(VariantFile file) => [];

    /// <summary>Returns the code and the formula of the learnt transfer [T, T], an expression in members of the network.</summary>
    public abstract (string Code, string Formula) Learnt(VariantFile file);

    /// <summary>Returns the statement that computes the factors 1 + α‖a_t‖₁ of the losses, [T].</summary>
    public (string Code, string Comment) Price(VariantFile file)
    {
        var (code, symbol) = Outgoing(file);
        var price = "1" + (Ramp.Of(file, "Alpha") * code);
        return ($"Tensor asymmetry = {price};", $"1 + α{symbol}  [{file.Tasks.Count}]");
    }
}
