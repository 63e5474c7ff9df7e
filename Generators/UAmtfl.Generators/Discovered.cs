namespace UAmtfl.Generators;

/// <summary>Finds the classes of this assembly that derive from a base class, so that no list has to name them.</summary>
internal static class Discovered
{
    /// <summary>Returns one object of each class that derives from a base class and has a constructor without parameters, ordered by the
    /// full names of the classes.</summary>
    /// <typeparam name="T">The base class.</typeparam>
    public static IReadOnlyList<T> All<T>()
        where T : class =>
    [
        .. typeof(T).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type)),
    ];
}
