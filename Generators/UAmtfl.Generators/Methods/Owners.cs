namespace UAmtfl.Generators.Methods;

/// <summary>The values of the runtime's <c>Owner</c> as C#.</summary>
internal static class Owners
{
    public const string AllTasks = $"{Enum}.AllTasks";
    public const string OneTask = $"{Enum}.OneTask";
    public const string NoTask = $"{Enum}.NoTask";

    private const string Enum = "global::UAmtfl.Training.Owner";
}
