namespace UAmtfl.Hosting;

/// <summary>A number of a training at one moment.</summary>
/// <param name="Tag">The name, with a slash between a quantity and the task that it is of: <c>loss/Zero</c>.</param>
/// <param name="Step">The epoch, 1, 2, …; the last for results of the test.</param>
/// <param name="Time">The moment, in UTC.</param>
/// <param name="Value">The finite value.</param>
internal sealed record Scalar(string Tag, int Step, DateTime Time, double Value);
