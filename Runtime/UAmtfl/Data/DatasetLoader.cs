using System.Diagnostics;
using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Calls a data set's <see cref="IDataset.Load"/>, which is a user's code, and describes in one line what is wrong with its
/// result.</summary>
internal static class DatasetLoader
{
    /// <summary>Makes an experiment's data set by calling its constructor.</summary>
    /// <param name="experiment">The experiment's name, for messages.</param>
    /// <param name="create">Makes it.</param>
    /// <exception cref="DataException">The constructor throws.</exception>
    public static IDataset Create(string experiment, Func<IDataset> create)
    {
        try
        {
            return create() ?? throw new DataException($"the data set of {experiment} is null: return one");
        }
        catch (Exception error) when (error is not UAmtflException)
        {
            // A constructor that a generic method calls, or a static one, arrives wrapped.
            var wrapped = error is TargetInvocationException or TypeInitializationException;
            var cause = wrapped && error.InnerException is { } inner ? inner : error;
            throw new DataException($"the data set of {experiment} cannot be made, its constructor throws " +
                $"{Describe(cause, assembly: null)}", error);
        }
    }

    /// <summary>Loads a data set. All tensors that <see cref="IDataset.Load"/> makes stay the data set's, because it may keep them and
    /// return them again.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="request">Where from, and which draw.</param>
    /// <param name="ledger">Records and checks the files that are read.</param>
    /// <exception cref="DataException">It throws, or hands out what are no splits.</exception>
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
            // What the splits are made of may be kept for the next call, so the garbage collector frees it, and not this scope.
            scope.Detach([.. scope.DisposablesView]);

            // What a training relies on must not depend on what a data set left behind.
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

    /// <summary>Describes an exception of a user's code in one line: what happened, where, and what to do.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="assembly">The user's; null for any that has its source.</param>
    internal static string Describe(Exception error, Assembly? assembly)
    {
        // libtorch's messages carry a native stack trace after the first line.
        var message = error.Message.Split('\n', 2)[0].Trim();
        var frames = new StackTrace(error, fNeedFileInfo: true).GetFrames().Where(f => f.GetFileLineNumber() > 0);
        var place = frames.FirstOrDefault(f => assembly is null || f.GetMethod()?.DeclaringType?.Assembly == assembly) is { } frame
            ? $" at {Path.GetFileName(frame.GetFileName())}:{frame.GetFileLineNumber()}"
            : "";
        var disposed = message.Contains("empty handle", StringComparison.Ordinal) ? "; the tensor was disposed" : "";
        return $"{error.GetType().Name}{place}: {message}{disposed}; mend it there, or show the whole stack with --verbose";
    }
}
