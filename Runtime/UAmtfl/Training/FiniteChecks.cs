using UAmtfl.Evaluation;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>Finds numbers that are not finite, each search with one value read from the device.</summary>
internal static class FiniteChecks
{
    /// <summary>Finds the first parameter or buffer of some modules that is not finite everywhere: «the parameter HeadWeight»;
    /// null where all are.</summary>
    public static string? Fault(params IEnumerable<nn.Module> modules)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        (string Name, Tensor Values)[] state =
        [
            .. modules.SelectMany(m => m.named_parameters()).Select(p => ($"the parameter {p.name}", (Tensor)p.parameter)),
            .. modules.SelectMany(m => m.named_buffers()).Select(b => ($"the buffer {b.name}", b.buffer)),
        ];
        if (state.Length == 0)
        {
            return null;
        }

        var finite = stack([.. state.Select(s => s.Values.isfinite().all())]).cpu().data<bool>().ToArray();
        var place = Array.IndexOf(finite, false);
        return place < 0 ? null : state[place].Name;
    }

    /// <summary>True if every value is finite.</summary>
    public static bool All(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.isfinite().all().cpu().item<bool>();
    }

    /// <summary>Refuses a test that has no finite result for some task. A metric that is undefined, such as the area
    /// under a curve with one class, is no fault.</summary>
    /// <param name="outputs">[N, M]</param>
    /// <param name="evaluation">Of these outputs.</param>
    /// <param name="tasks">The tasks, in the evaluation's order.</param>
    /// <exception cref="UAmtflException">There is such a task.</exception>
    public static void RequireTested(Tensor outputs, EvaluationResult evaluation, TaskSet tasks)
    {
        if (!All(outputs))
        {
            var columns = Finite(outputs);
            var task = 0;
            for (var column = 0; columns.AsSpan(column, tasks.Tasks[task].Outputs).IndexOf(false) < 0; task++)
            {
                column += tasks.Tasks[task].Outputs;
            }

            throw NotFinite($"the outputs of task {tasks.Tasks[task].Name}");
        }

        // With finite outputs a row without a label is the only NaN; what is too large for its type is an infinity.
        for (var t = 0; t < tasks.Count; t++)
        {
            if (double.IsInfinity(evaluation.TaskErrors[t]) || double.IsInfinity(evaluation.TaskLosses[t]))
            {
                throw NotFinite($"the errors of task {tasks.Tasks[t].Name}");
            }
        }
    }

    /// <summary>[M], whether a column is finite.</summary>
    private static bool[] Finite(Tensor outputs)
    {
        using var scope = NewDisposeScope();
        return outputs.isfinite().all(0).cpu().data<bool>().ToArray();
    }

    private static UAmtflException NotFinite(string what) =>
        new($"{what} on the test set are not finite; lower the learning rate or the hyper-parameters, or scale the labels");
}
