using System.Reflection;

namespace UAmtfl.Descriptors;

/// <summary>The hyper-parameters of a variant: each is a property whose initial value is the attribute's and whose
/// <see cref="NumberAttribute"/> is its range. The generator writes the subclasses.</summary>
public abstract record HyperParameters
{
    /// <summary>The values by name, in the order of declaration.</summary>
    internal IReadOnlyDictionary<string, object> Values => Properties(GetType()).ToDictionary(p => p.Name, p => p.GetValue(this)!);

    /// <summary>Reads what configuration changes of the hyper-parameters.</summary>
    /// <typeparam name="T">The hyper-parameters.</typeparam>
    /// <param name="settings">The variant's section.</param>
    /// <exception cref="UAmtflException">A value is out of its range, or not a number.</exception>
    public static T Read<T>(Settings settings)
        where T : HyperParameters, new()
    {
        var hyper = new T();
        foreach (var property in Properties(typeof(T)))
        {
            var range = property.GetCustomAttribute<NumberAttribute>()!;
            var value = property.GetValue(hyper) is int whole
                ? (object)settings.Integer(property.Name, whole, range)
                : settings.Number(property.Name, (double)property.GetValue(hyper)!, range);
            property.SetValue(hyper, value);
        }

        return hyper;
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.IsDefined(typeof(NumberAttribute)))
            .OrderBy(p => p.MetadataToken);
}
