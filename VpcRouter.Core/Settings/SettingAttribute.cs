namespace VpcRouter.Settings;

/// <summary>
/// Declares a property as a setting. From this one declaration come the command-line flag (<c>--name</c>), its help line,
/// the environment variable (<c>VPCROUTER_NAME</c>), the configuration-file key and what the status page shows.
/// </summary>
/// <remarks>
/// The default is the property's initialiser; limits are DataAnnotations on the same property, whose error messages continue the
/// sentence "--name "value" …". A property may be a <see cref="string"/>, <see cref="bool"/>, number, enum,
/// <see cref="TimeSpan"/> (seconds, or a number with a unit: <c>500ms</c>, <c>2s</c>, <c>5m</c>) or any <see cref="IParsable{TSelf}"/>.
/// </remarks>
/// <param name="name">The name in kebab-case, without leading dashes.</param>
/// <param name="description">One line for <c>--help</c>: what it means, in which unit.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string name, string description) : Attribute
{
    /// <summary>The name in kebab-case, without leading dashes.</summary>
    public string Name { get; } = name;

    /// <summary>One line for <c>--help</c>.</summary>
    public string Description { get; } = description;

    /// <summary>The one-letter flag without its dash, or <see langword="null"/>.</summary>
    public string? ShortName { get; init; }

    /// <summary>What stands for the value in help, for example <c>SECONDS</c>. Default: <c>VALUE</c>.</summary>
    public string ValueName { get; init; } = "VALUE";

    /// <summary>Whether the value must never be shown: not in logs, not on the status page.</summary>
    public bool Secret { get; init; }
}
