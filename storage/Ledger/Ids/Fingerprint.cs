namespace Sluice.Storage.Ledger.Ids;

/// <summary>
/// A 64-bit digest of the content of an event, to tell a repeat from another event with the same id. FNV-1a: stable
/// across versions and machines; ids are never looked up by it, so it need not resist attacks.
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
