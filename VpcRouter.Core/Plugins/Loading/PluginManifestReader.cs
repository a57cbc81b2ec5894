using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;

namespace VpcRouter.Plugins.Loading;

/// <summary>Reads what an assembly declares from its metadata, so that nothing of it need be loaded to refuse it.</summary>
internal static class PluginManifestReader
{
    /// <summary>Reads an assembly.</summary>
    /// <exception cref="BadImageFormatException">It is no .NET assembly.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static PluginManifest Read(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        try
        {
            return Read(image);
        }
        catch (Exception e) when (e is not (BadImageFormatException or IOException or UnauthorizedAccessException))
        {
            // The framework's reader takes damaged bytes for names and numbers, and fails in many ways at them.
            throw new BadImageFormatException(e.Message, e);
        }
    }

    private static PluginManifest Read(PEReader image)
    {
        if (!image.HasMetadata)
            throw new BadImageFormatException("it holds no .NET metadata");
        var reader = image.GetMetadataReader();
        if (!reader.IsAssembly)
            throw new BadImageFormatException("it is a part of an assembly");
        var attributes = reader.GetAssemblyDefinition().GetCustomAttributes().Select(reader.GetCustomAttribute).ToLookup(attribute => TypeOf(reader, attribute));
        return new PluginManifest(
            reader.GetString(reader.GetAssemblyDefinition().Name),
            TextOf(attributes[typeof(TargetFrameworkAttribute).FullName!]),
            TextOf(attributes[typeof(AssemblyInformationalVersionAttribute).FullName!]),
            [.. attributes[typeof(VpcRouterPluginAttribute).FullName!].Select(Declaration)],
            [.. reader.AssemblyReferences.Select(handle => reader.GetAssemblyReference(handle).GetAssemblyName())]);
    }

    // By position, which must never change: newer contracts may add parameters behind these.
    private static DeclaredPlugin Declaration(CustomAttribute attribute)
    {
        var arguments = attribute.DecodeValue(AttributeTypes.Instance).FixedArguments;
        return new DeclaredPlugin(arguments.Length > 0 && arguments[0].Value is string name ? name : "", arguments.Length > 3 ? arguments[3].Value as int? : null);
    }

    private static string? TextOf(IEnumerable<CustomAttribute> attributes) =>
        attributes.Select(attribute => attribute.DecodeValue(AttributeTypes.Instance).FixedArguments[0].Value as string).FirstOrDefault();

    private static string? TypeOf(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference || reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is not { Kind: HandleKind.TypeReference } parent)
            return null;
        var type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }
}
