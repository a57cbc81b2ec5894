using System.Security.Cryptography;
using System.Text;
using VpcRouter.RouteSpecs;
using VpcRouter.Storage;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>
/// Keeps the accepted document in the state folder. Its file begins with a line that holds the document's checksum, so that damage
/// is told from a spec. For one writer at a time.
/// </summary>
internal sealed class SpecStore(StateFolder folder, RouteSpecReader reader)
{
    private const string FileName = "route-spec";
    private const int HashLength = 64;
    private const int HeaderLength = 8 + HashLength;

    /// <summary>Where the documents are kept.</summary>
    public string Folder => folder.Path;

    private string FilePath => Path.Combine(folder.Path, FileName);

    /// <summary>Takes the folder, so that no other router writes there.</summary>
    /// <exception cref="IOException">Another router has it, or it can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Claim() => folder.Claim();

    /// <summary>The document stored last, or <see langword="null"/> when there is none.</summary>
    /// <exception cref="IOException">It can't be read, or is not what was stored; the message says which file and what to do.</exception>
    public AcceptedRouteSpec? Load()
    {
        if (Read() is not { } content)
            return null;
        if (content.Length < HeaderLength || !content.AsSpan(0, HeaderLength).SequenceEqual(Header(content.AsSpan(HeaderLength))))
            throw Unusable("is damaged: its checksum doesn't fit");
        var document = content.AsMemory(HeaderLength);
        var result = reader.Read(document);
        return result.IsAccepted ? AcceptedRouteSpec.Of(document, result.Spec) : throw Unusable($"was accepted once, but isn't any more: {result.Errors[0]}");
    }

    /// <summary>Stores a document; on return it survives a crash and a power cut.</summary>
    /// <exception cref="IOException">It can't be stored; the one before stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be stored; the one before stays.</exception>
    public void Save(AcceptedRouteSpec accepted)
    {
        var document = accepted.Document.Span;
        var content = new byte[HeaderLength + document.Length];
        Header(document).CopyTo(content, 0);
        document.CopyTo(content.AsSpan(HeaderLength));
        folder.Write(FileName, content);
    }

    private static byte[] Header(ReadOnlySpan<byte> document) =>
        Encoding.ASCII.GetBytes($"sha256:{Convert.ToHexStringLower(SHA256.HashData(document))}\n");

    private byte[]? Read()
    {
        try
        {
            return folder.Read(FileName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"can't be read: {e.Message.TrimEnd('.')}");
        }
    }

    private IOException Unusable(string problem) =>
        new($"the route spec stored in {FilePath} {problem}; restore the file, or remove it and post the spec again. Until then no route is touched");
}
