using System.Text;

namespace VpcRouter.Tests.Hosting.Journaling;

/// <summary>A disk with one file on it that runs full in the middle of a write, as disks do. Thread-safe.</summary>
internal sealed class SmallDisk(int capacity) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MemoryStream _content = new();

    public int Capacity { get; set; } = capacity;

    /// <summary>What the file holds, which may end in the middle of a line while it is being written.</summary>
    public string Content
    {
        get
        {
            lock (_lock)
                return Encoding.UTF8.GetString(_content.ToArray());
        }
    }

    public Stream Open(string path) => new OpenedFile(this);

    public void Dispose() => _content.Dispose();

    private sealed class OpenedFile(SmallDisk disk) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => disk._content.Length;

        public override long Position
        {
            get => disk._content.Position;
            set => disk._content.Position = value;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => disk._content.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => disk._content.Seek(offset, origin);

        public override void SetLength(long value)
        {
            lock (disk._lock)
                disk._content.SetLength(value);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            var room = (int)Math.Clamp(disk.Capacity - Position, 0, count);
            lock (disk._lock)
                disk._content.Write(buffer, offset, room);
            if (room < count)
                throw new IOException("No space left on device");
        }
    }
}
