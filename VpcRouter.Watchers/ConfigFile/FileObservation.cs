using System.Security.Cryptography;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Watchers.ConfigFile;

/// <summary>What one look at the route spec file found. Immutable.</summary>
/// <param name="Content">The file's bytes, one more than allowed at most; <see langword="null"/> when it couldn't be read.</param>
/// <param name="Failure">Why it couldn't be read.</param>
/// <param name="Identity">The same for two looks exactly when they found the same.</param>
internal sealed record FileObservation(ReadOnlyMemory<byte>? Content, string? Failure, string Identity)
{
    public static async Task<FileObservation> MakeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stream = Open(path);
            await using (stream.ConfigureAwait(false))
            {
                var content = await ReadAsync(stream, cancellationToken).ConfigureAwait(false);
                return new FileObservation(content, null, Convert.ToHexString(SHA256.HashData(content.Span)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileObservation(null, e.Message, e.Message);
        }
    }

    /// <summary>Opens the file without hindering those who write, rename or delete it.</summary>
    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(FileStream stream, CancellationToken cancellationToken)
    {
        const int Limit = RouteSpecReader.MaximumBytes + 1;
        var buffer = new byte[(int)Math.Clamp(stream.Length + 1, 4096, Limit)];
        var count = 0;
        while (count < Limit)
        {
            if (count == buffer.Length)
                Array.Resize(ref buffer, Math.Min(Limit, buffer.Length * 2));
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            count += read;
        }

        return buffer.AsMemory(0, count);
    }
}
