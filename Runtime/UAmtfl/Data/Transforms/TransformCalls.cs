using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Calls transforms, which may be code of the user, and describes in one line what is wrong with their results.</summary>
internal static class TransformCalls
{
    /// <summary>Fits a transform.</summary>
    /// <param name="transform">The transform.</param>
    /// <param name="rows">The training rows.</param>
    /// <exception cref="DataException">The transform throws, or returns null.</exception>
    public static IFittedTransform Fit(ITransform transform, Tensor rows) =>
        Call(transform, nameof(ITransform.Fit), () => transform.Fit(rows)) ?? throw new DataException(
            $"{Name(transform)}.Fit returns null: return a fitted transform");

    /// <summary>Applies a transform.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="transform">The transform.</param>
    /// <exception cref="DataException">The transform throws, or returns null or another number of rows.</exception>
    public static Tensor Apply(Tensor rows, IFittedTransform transform)
    {
        var changed = Call(transform, nameof(IFittedTransform.Apply), () => transform.Apply(rows));
        return changed is not null && changed.dim() > 0 && changed.shape[0] == rows.shape[0] ? changed : throw new DataException(
            $"{Name(transform)}.Apply returns {(changed is null ? "null" : $"[{string.Join(", ", changed.shape)}]")} for " +
            $"{rows.shape[0]} rows: return as many rows as it is given");
    }

    /// <summary>Restores a transform from its saved state.</summary>
    /// <param name="type">The full name of its class, which an assembly of the program has.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="DataException">There is no such class, it has no public static <c>FromState</c>, or that throws.</exception>
    public static IFittedTransform Restore(string type, IReadOnlyDictionary<string, Tensor> state)
    {
        var found = AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(type))
            .FirstOrDefault(t => t is not null && t.IsAssignableTo(typeof(IFittedTransform)))
            ?? throw new DataException($"the program has no transform {type}, which the model needs: reference the project that has it");
        var method = found.GetMethod("FromState", [typeof(IReadOnlyDictionary<string, Tensor>)]);
        if (method is not { IsStatic: true } || !method.ReturnType.IsAssignableTo(typeof(IFittedTransform)))
        {
            throw new DataException(
                $"transform {found.Name} cannot be restored: "
                    + $"add a public static {found.Name} FromState(IReadOnlyDictionary<string, Tensor> state)");
        }

        try
        {
            return method.CreateDelegate<Func<IReadOnlyDictionary<string, Tensor>, IFittedTransform>>()(state);
        }
        catch (Exception error) when (error is not UAmtflException)
        {
            var description = DatasetLoader.Describe(error, found.Assembly);
            throw new DataException($"{found.Name}.FromState throws {description}", error);
        }
    }

    /// <summary>Returns a transform that can be part of an exported model.</summary>
    /// <param name="transform">The transform.</param>
    /// <exception cref="DataException">It cannot.</exception>
    public static IExportedTransform Exported(IFittedTransform transform) => transform as IExportedTransform ?? throw new DataException(
        $"transform {Name(transform)} cannot be exported: implement {nameof(IExportedTransform)} in place of {nameof(IFittedTransform)}");

    private static T Call<T>(object transform, string method, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception error) when (error is not (UAmtflException or OperationCanceledException))
        {
            var description = DatasetLoader.Describe(error, transform.GetType().Assembly);
            throw new DataException($"{Name(transform)}.{method} throws {description}", error);
        }
    }

    private static string Name(object transform) => transform.GetType().Name;
}
