using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace VpcRouter.Settings;

/// <summary>One setting as declared by <see cref="SettingAttribute"/>. Immutable and thread-safe.</summary>
public sealed class SettingDescriptor
{
    private const string EnvironmentPrefix = "VPCROUTER_";
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<SettingDescriptor>> Cache = new();
    private readonly SettingAttribute _attribute;

    private SettingDescriptor(PropertyInfo property, SettingAttribute attribute, object defaults)
    {
        Property = property;
        _attribute = attribute;
        Default = property.GetValue(defaults);
    }

    /// <summary>The name in kebab-case; the flag is this with two dashes before it.</summary>
    public string Name => _attribute.Name;

    /// <summary>The one-letter flag without its dash, or <see langword="null"/>.</summary>
    public string? ShortName => _attribute.ShortName;

    /// <summary>One line for help.</summary>
    public string Description => _attribute.Description;

    /// <summary>What stands for the value in help.</summary>
    public string ValueName => _attribute.ValueName;

    /// <summary>Whether the value must never be shown.</summary>
    public bool Secret => _attribute.Secret;

    /// <summary>The type of the value.</summary>
    public Type ValueType => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>Whether the setting is a switch: its mere presence means true.</summary>
    public bool IsSwitch => ValueType == typeof(bool);

    /// <summary>The value in force when nothing is given; <see langword="null"/> when there is none.</summary>
    public object? Default { get; }

    /// <summary>The environment variable that sets it, for example <c>VPCROUTER_ROUTE_RECHECK_INTERVAL</c>.</summary>
    public string EnvironmentVariable => EnvironmentPrefix + Name.Replace('-', '_').ToUpperInvariant();

    internal PropertyInfo Property { get; }

    /// <summary>Its flags as they are typed.</summary>
    internal IEnumerable<string> Flags => ShortName is { } letter ? ["--" + Name, "-" + letter] : ["--" + Name];

    /// <summary>The settings that a class declares, in the order of its properties, base class first.</summary>
    /// <param name="settingsType">A class with a public parameterless constructor.</param>
    public static IReadOnlyList<SettingDescriptor> Of(Type settingsType)
    {
        ArgumentNullException.ThrowIfNull(settingsType);
        return Cache.GetOrAdd(settingsType, static type =>
        {
            var defaults = Activator.CreateInstance(type)!;
            return
            [
                .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Select(property => (property, attribute: property.GetCustomAttribute<SettingAttribute>()))
                    .Where(declared => declared.attribute is not null)
                    .OrderBy(declared => Depth(declared.property.DeclaringType!))
                    .Select(declared => new SettingDescriptor(declared.property, declared.attribute!, defaults)),
            ];
        });
    }

    /// <summary>The kebab-case name of a setting in any accepted spelling (<c>icmp_check_interval</c> or <c>icmp-check-interval</c>).</summary>
    /// <param name="spelling">The name without leading dashes.</param>
    public static string Canonical(string spelling)
    {
        ArgumentNullException.ThrowIfNull(spelling);
        return spelling.Replace('_', '-').ToLowerInvariant();
    }

    /// <summary>The value that an instance of the settings class has, fit to be shown: a secret appears as <c>***</c>.</summary>
    /// <param name="settings">The instance.</param>
    public object? Show(object settings)
    {
        var value = Property.GetValue(settings);
        return value switch
        {
            null => null,
            _ when Secret => "***",
            bool or int or double => value,
            TimeSpan duration => duration.TotalSeconds,
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
    }

    /// <summary>Whether both descriptors stand for one and the same declaration, as when two classes inherit it.</summary>
    internal bool IsSameDeclarationAs(SettingDescriptor other) =>
        Name == other.Name && Property.DeclaringType == other.Property.DeclaringType;

    private static int Depth(Type type) => type.BaseType is null ? 0 : 1 + Depth(type.BaseType);
}
