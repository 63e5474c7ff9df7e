namespace UAmtfl.Generators;

/// <summary>The classes of this assembly that derive from a base, so that a new one needs no line in a list.</summary>
internal static class Discovered
{
    /// <summary>One object of each class that derives from a base and has a constructor without
    /// parameters, ordered by the classes' full names.</summary>
    /// <typeparam name="T">The base.</typeparam>
    public static IReadOnlyList<T> All<T>()
        where T : class =>
    [
        .. typeof(T).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type)),
    ];
}
