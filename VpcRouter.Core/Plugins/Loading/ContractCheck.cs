using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace VpcRouter.Plugins.Loading;

/// <summary>Looks whether the host's assemblies have every type and member that a plugin uses of them, so that this shows at the start and not when the member is needed.</summary>
internal static class ContractCheck
{
    /// <summary>The first thing missing, as the runtime words it; <see langword="null"/> when all is there.</summary>
    public static string? FindMissing(Assembly assembly, string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var reader = image.GetMetadataReader();
        var types = reader.TypeReferences.Where(type => IsShared(reader, type)).ToList();
        var members = reader.MemberReferences.Where(member => reader.GetMemberReference(member).Parent is { Kind: HandleKind.TypeReference } parent && IsShared(reader, (TypeReferenceHandle)parent));
        return types.Select(type => Try(() => assembly.ManifestModule.ResolveType(MetadataTokens.GetToken(type))))
            .Concat(members.Select(member => Try(() => assembly.ManifestModule.ResolveMember(MetadataTokens.GetToken(member)))))
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? Try(Action resolve)
    {
        try
        {
            resolve();
            return null;
        }
        catch (Exception e) when (e is TypeLoadException or MissingMemberException)
        {
            return e.Message;
        }
    }

    private static bool IsShared(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsShared(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => SharedAssemblies.IsOfTheContract(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)),
            _ => false,
        };
    }
}
