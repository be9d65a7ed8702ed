using Sluice.Storage.Ledger.Entries;


namespace Sluice.Api.Management.Events;

/// <summary>The kind of an event of the ledger.</summary>
internal enum EventKindWord
{
    Consume = EntryKind.Consume,
    Record = EntryKind.Record,
    Reserve = EntryKind.Reserve,
    Commit = EntryKind.Commit,
    Release = EntryKind.Release,
    Prolong = EntryKind.Prolong,
    Expire = EntryKind.Expire,
}
