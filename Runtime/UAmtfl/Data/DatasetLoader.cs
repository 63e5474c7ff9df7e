using System.Diagnostics;
using System.Reflection;
using UAmtfl.Messages;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Creates a data set and calls its <see cref="IDataset.Load"/>, which are code of the user, and describes in one line what is
/// wrong with the result.</summary>
internal static class DatasetLoader
{
    /// <summary>Creates an experiment's data set by calling its constructor.</summary>
    /// <param name="experiment">The experiment's name, for messages.</param>
    /// <param name="create">Creates the data set.</param>
    /// <exception cref="DataException">The constructor throws.</exception>
    public static IDataset Create(string experiment, Func<IDataset> create)
    {
        try
        {
            return create() ?? throw new DataException($"the data set of {experiment} is null: return one");
        }
        catch (Exception error) when (error is not UAmtflException)
        {
            // An exception of a static constructor, or of one that a generic method calls, is the inner one of another exception.
            var wrapped = error is TargetInvocationException or TypeInitializationException;
            var cause = wrapped && error.InnerException is { } inner ? inner : error;
            throw new DataException($"the data set of {experiment} cannot be made, its constructor throws " +
                $"{Describe(cause, assembly: null)}", error);
        }
    }

    /// <summary>Loads a data set. The tensors that <see cref="IDataset.Load"/> creates still belong to the data set, because it may keep
    /// them and return them again.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="request">The folder of the files, the seed and the options.</param>
    /// <param name="ledger">Records and checks the files that the data set reads.</param>
    /// <exception cref="DataException">Load throws, or does not return usable splits.</exception>
    public static Splits Load(IDataset dataset, DataRequest request, ReadLedger ledger)
    {
        var name = dataset.GetType().Name;
        var (gradients, type, threads) = (is_grad_enabled(), get_default_dtype(), get_num_threads());
        using var scope = NewDisposeScope();
        try
        {
            var splits = ledger.Record(() => dataset.Load(request));
            Require(splits, name);
            return splits;
        }
        catch (Exception error) when (error is not (UAmtflException or OperationCanceledException))
        {
            throw new DataException($"{name}.Load throws, for seed {request.Seed}, {Describe(error, dataset.GetType().Assembly)}", error);
        }
        finally
        {
            // The tensors are left to the garbage collector, because the data set may keep them for its next call.
            scope.Detach([.. scope.DisposablesView]);

            // A training must not depend on settings of libtorch that the data set has changed.
            set_grad_enabled(gradients);
            set_default_dtype(type);
            set_num_threads(threads);
        }
    }

    private static void Require(Splits? splits, string name)
    {
        if (splits is null)
        {
            throw new DataException($"{name}.Load returns null; return Splits with a training, a validation and a test set");
        }

        foreach (var (samples, split) in new[] { (splits.Train, "training"), (splits.Validation, "validation"), (splits.Test, "test") })
        {
            if (samples is null)
            {
                throw new DataException(
                    $"{name}: the {split} set is null; return " +
                    $"Samples{(split == "validation" ? ", with no rows where there are none to choose by" : "")}");
            }

            Require(samples.Inputs, $"{name}: the inputs of the {split} set");
            Require(samples.Labels, $"{name}: the labels of the {split} set");
            if (samples.Owner is not null)
            {
                Require(samples.Owner, $"{name}: the owners of the {split} set");
            }

            if (samples.Votes is not null)
            {
                Require(samples.Votes, $"{name}: the votes of the {split} set");
            }
        }
    }

    private static void Require(Tensor? tensor, string what)
    {
        if (tensor is null)
        {
            throw new DataException($"{what} are null; return a tensor");
        }

        if (tensor.IsInvalid)
        {
            throw new DataException(
                $"{what} are a tensor that was disposed; return one that no using and no DisposeScope of Load frees, or a clone of one " +
                "that is kept");
        }

        if (tensor.is_sparse)
        {
            throw new DataException($"{what} are a sparse tensor; return a dense one, with to_dense()");
        }

        if (tensor.dim() == 0)
        {
            throw new DataException($"{what} are a single number; return a tensor with a row for each sample");
        }
    }

    /// <summary>Describes an exception of user code in one line: what happened, where, and what to do.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="assembly">The user's assembly, in which to look for the place; null for any code whose source is known.</param>
    internal static string Describe(Exception error, Assembly? assembly)
    {
        // Messages of libtorch have a native stack trace after their first line.
        var message = error.Message.Split('\n', 2)[0].Trim();
        var frames = new StackTrace(error, fNeedFileInfo: true).GetFrames().Where(f => f.GetFileLineNumber() > 0);
        var place = frames.FirstOrDefault(f => assembly is null || f.GetMethod()?.DeclaringType?.Assembly == assembly) is { } frame
            ? $" at {Path.GetFileName(frame.GetFileName())}:{frame.GetFileLineNumber()}"
            : "";
        var disposed = message.Contains("empty handle", StringComparison.Ordinal) ? "; the tensor was disposed" : "";
        return $"{error.GetType().Name}{place}: {Words.Clause(message)}{disposed}; mend it there, or show the whole stack with --verbose";
    }
}
