namespace Sluice.Engine.Metering;

/// <summary>
/// A 64-bit digest of what an event says, to tell a repeat from another event under the same id. FNV-1a: stable over
/// versions and machines; an id is never looked up by it, so it need not resist attack.
/// </summary>
public struct Fingerprint
{
    private const ulong Offset = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    private ulong _value;
    private bool _started;

    public readonly long Value => unchecked((long)_value);

    public void Add(long number)
    {
        Start();
        unchecked
        {
            for (var shift = 0; shift < 64; shift += 8)
                _value = (_value ^ (byte)(number >> shift)) * Prime;
        }
    }

    public void Add(string text)
    {
        Add(text.Length);
        unchecked
        {
            foreach (var c in text)
                _value = (((_value ^ (byte)c) * Prime) ^ (byte)(c >> 8)) * Prime;
        }
    }

    private void Start()
    {
        if (_started)
            return;
        _started = true;
        _value = Offset;
    }
}
