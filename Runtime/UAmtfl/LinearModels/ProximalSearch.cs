using UAmtfl.Penalties;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The iteration of <see cref="ProximalGradient"/>, which steps in all components and the intercepts together, with one step
/// size.</summary>
internal sealed class ProximalSearch(LinearLoss loss, StructuredPenalty penalty, ProximalOptions options, CollectionPause pause)
{
    /// <summary>The number of iterations between two computations of the optimality gap, each of which takes as long as a step.</summary>
    private const int CheckEvery = 10;

    /// <summary>The relative rise of the objective below which it counts as rounding.</summary>
    private const double Rounding = 1e-13;

    /// <summary>The value and the gradients of the loss plus the smooth penalties at a point.</summary>
    private sealed record Smooth(Tensor Value, Tensor Weights, Tensor Biases);

    /// <summary>A step whose size passed the test of backtracking.</summary>
    private sealed record Step(Point Next, double Objective);

    /// <summary>The estimate of the curvature, 1 / step size, which only grows.</summary>
    private double curvature;

    /// <summary>The point at which a search ended, and the reason.</summary>
    public sealed record End(Point Point, double Objective, double Gap, int Iterations, StopReason Stop);

    /// <summary>Iterates until the gap is within the tolerance or the iterations are used up.</summary>
    /// <param name="start">The start, which is disposed.</param>
    /// <exception cref="UAmtflException">The objective is not finite.</exception>
    public End Run(Point start)
    {
        var (point, ahead, momentum) = (start, Copy(start), 1.0);
        curvature = Estimate(start) * penalty.Components.Count;
        var objective = Objective(start);
        for (var iteration = 1; ; iteration++)
        {
            pause.Renew();
            using var scope = NewDisposeScope();
            var step = Forward(ahead);
            if (!double.IsFinite(step.Objective))
            {
                throw new UAmtflException(
                    $"The objective of a linear problem is not finite at iteration {iteration}: "
                    + "look for inputs and labels that are not finite or very large.");
            }

            var last = iteration == options.Iterations;
            var rises = step.Objective > objective + (Rounding * (Math.Abs(objective) + loss.AtZero));
            if (last || (iteration % CheckEvery == 0 && !rises))
            {
                var end = rises ? Ended(Copy(point), objective, iteration) : Ended(step.Next, step.Objective, iteration);
                if (last || end.Stop == StopReason.Tolerance)
                {
                    end.Point.Kept();
                    return end;
                }
            }

            if (rises)
            {
                // A step of the right size cannot rise if it starts from the point itself, so the curvature is too small.
                curvature = momentum == 1 ? 2 * curvature : curvature;
                (ahead, momentum) = (Replace(ahead, Copy(point)), 1);
                continue;
            }

            (ahead, momentum) = Ahead(point, ahead, step.Next, momentum);
            (point, objective) = (Replace(point, step.Next), step.Objective);
        }
    }

    /// <summary>Makes a proximal gradient step, raising the curvature until it bounds that along the step. The test uses gradients,
    /// because near the minimum differences of values are only rounding.</summary>
    private Step Forward(Point from)
    {
        var here = SmoothAt(from);
        while (true)
        {
            var next = Proximal(from, here);
            var there = SmoothAt(next);
            var change = next.Minus(from);
            var bent = ((there.Weights - here.Weights) * change.Weights).sum() + ((there.Biases - here.Biases) * change.Biases).sum();
            var value = there.Value + penalty.Components.Zip(next.Components.unbind(), (p, c) => p.Value(c)).Aggregate((a, b) => a + b);
            var numbers = stack([bent, change.Dot(change), next.Dot(next), value]).data<double>().ToArray();
            var (met, length, size) = (numbers[0], numbers[1], numbers[2]);
            if (!(met > curvature * length) || length <= 1e-24 * (1 + size))
            {
                return new Step(next, numbers[3]);
            }

            curvature = Math.Max(1.2 * curvature, 1.05 * met / length);
        }
    }

    private Point Proximal(Point from, Smooth at)
    {
        var step = 1 / curvature;
        var components = from.Components - (at.Weights * step);
        var near = penalty.Components.Select((p, c) => p.Proximal(components[c], step));
        return new Point(stack([.. near]), from.Biases - (at.Biases * step));
    }

    /// <summary>Returns the point from which the next step starts: next + (t − 1)/t′ · (next − point), or next itself if the momentum
    /// points uphill.</summary>
    private static (Point Ahead, double Momentum) Ahead(Point point, Point ahead, Point next, double momentum)
    {
        var change = next.Minus(point);
        var uphill = ahead.Minus(next).Dot(change).item<double>() > 0;
        var following = uphill ? 1 : (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
        return (Replace(ahead, next.Plus(change, uphill ? 0 : (momentum - 1) / following)), following);
    }

    private Smooth SmoothAt(Point point)
    {
        var weights = point.Weights;
        var (value, gradient, biases) = loss.At(weights, point.Biases);
        foreach (var smooth in penalty.Smooth)
        {
            value += smooth.Value(weights);
            gradient += smooth.Gradient(weights);
        }

        return new Smooth(value, gradient, biases);
    }

    private double Objective(Point point)
    {
        using var scope = NewDisposeScope();
        return (loss.At(point.Weights, point.Biases).Value + penalty.Value(point.Components.unbind())).item<double>();
    }

    private End Ended(Point point, double objective, int iteration)
    {
        var gap = Gap(point);
        return new End(point, objective, gap, iteration, gap <= options.Tolerance ? StopReason.Tolerance : StopReason.IterationLimit);
    }

    private double Gap(Point point)
    {
        var (_, weights, biases) = SmoothAt(point);
        var components = penalty.Components.Zip(point.Components.unbind(), (p, c) => p.OptimalityGap(c, weights)).Max();
        return Math.Max(components, biases.abs().max().item<double>());
    }

    /// <summary>Estimates the largest curvature from below, by the power method on differences of gradients. Backtracking raises it if it
    /// is too small.</summary>
    private double Estimate(Point start)
    {
        using var scope = NewDisposeScope();
        var origin = SmoothAt(start);
        var (direction, largest) = (origin.Weights, 0.0);
        for (var i = 0; i < 10; i++)
        {
            var length = direction.norm().item<double>();
            if (!(length > 0))
            {
                break;
            }

            direction = direction / length;
            var moved = start with { Components = start.Components + (direction / penalty.Components.Count) };
            direction = SmoothAt(moved).Weights - origin.Weights;
            largest = Math.Max(largest, direction.norm().item<double>());
        }

        return largest > 0 ? largest : 1;
    }

    private static Point Copy(Point point) => new(point.Components.clone(), point.Biases.clone());

    private static Point Replace(Point old, Point next)
    {
        old.Free();
        return next.Kept();
    }
}
