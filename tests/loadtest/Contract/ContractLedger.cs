namespace Sluice.LoadTest.Tests.Contract;

/// <summary>
/// The arithmetic of the contract in its simplest correct form: one lock, one set of ids, one list of events. A run's
/// claims are compared with it, so it shares no code with the run.
/// </summary>
internal sealed class ContractLedger(ContractFaults faults)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ContractKey> _keysBySecret = [];
    private readonly Dictionary<string, ContractKey> _keysById = [];
    private readonly HashSet<string> _ids = [];
    private readonly Dictionary<string, (ContractKey Key, long Tokens)> _holds = [];
    private readonly Dictionary<string, long> _ledger = [];
    private readonly Dictionary<string, long> _state = [];
    private readonly Dictionary<string, long> _limits = [];
    private readonly Dictionary<string, decimal> _amountLimits = [];
    private readonly Dictionary<string, decimal> _amounts = [];

    public const decimal AmountPerToken = 0.0000006m;

    /// <summary>The number of events that were counted, without duplicates.</summary>
    public long CountedEvents { get; private set; }

    public void AddKey(ContractKey key)
    {
        lock (_lock)
            _keysBySecret[key.Secret] = _keysById[key.Id] = key;
    }

    public ContractKey? FindBySecret(string secret)
    {
        lock (_lock)
            return _keysBySecret.GetValueOrDefault(secret);
    }

    public ContractKey? FindById(string id)
    {
        lock (_lock)
            return _keysById.GetValueOrDefault(id);
    }

    /// <summary>Replaces a key's secret, at once.</summary>
    public ContractKey Regenerate(string id, string secret)
    {
        lock (_lock)
        {
            _keysBySecret.Remove(_keysById[id].Secret);
            var key = _keysById[id] with { Secret = secret };
            return _keysBySecret[secret] = _keysById[id] = key;
        }
    }

    public void LimitTokens(string scopeId, long tokens)
    {
        lock (_lock)
            _limits[scopeId] = tokens;
    }

    public void LimitAmount(string scopeId, decimal amount)
    {
        lock (_lock)
            _amountLimits[scopeId] = amount;
    }

    public (bool Allowed, bool Duplicate) Consume(ContractKey key, string id, long tokens)
    {
        lock (_lock)
        {
            if (_ids.Contains(id) && !faults.ForgetsIds)
                return (true, true);
            if (key.Scopes.Any(scope => Blocks(scope, tokens)))
            {
                if (faults.CountsWhatItRefuses)
                    Count(key, id, tokens);
                return (false, false);
            }

            Count(key, id, tokens);
            return (true, false);
        }
    }

    public (bool Allowed, bool Duplicate) Reserve(ContractKey key, string id, long tokens)
    {
        lock (_lock)
        {
            if (_ids.Contains(id) || _holds.ContainsKey(id))
                return (true, true);
            if (key.Scopes.Any(scope => Blocks(scope, tokens)))
                return (false, false);
            _holds[id] = (key, tokens);
            return (true, false);
        }
    }

    /// <summary>Counts the actual usage; a repeated commit changes nothing.</summary>
    /// <returns>Whether it was committed before, or null for an unknown reservation.</returns>
    public bool? Commit(string id, long tokens)
    {
        lock (_lock)
        {
            if (_ids.Contains(id))
                return true;
            if (!_holds.Remove(id, out var hold))
                return null;
            Count(hold.Key, id, tokens);
            return false;
        }
    }

    public long LedgerOf(string scopeId)
    {
        lock (_lock)
            return _ledger.GetValueOrDefault(scopeId);
    }

    public (long Used, long Held, decimal Amount) StateOf(string scopeId)
    {
        lock (_lock)
        {
            var held = _holds.Values.Where(hold => hold.Key.Scopes.Contains(scopeId)).Sum(hold => hold.Tokens);
            return (_state.GetValueOrDefault(scopeId), held, _amounts.GetValueOrDefault(scopeId));
        }
    }

    private bool Blocks(string scope, long tokens) =>
        !faults.IgnoresLimits
        && ((_limits.TryGetValue(scope, out var limit) && _state.GetValueOrDefault(scope) + tokens > limit)
            || (_amountLimits.TryGetValue(scope, out var amount)
                && _amounts.GetValueOrDefault(scope) + (tokens * AmountPerToken) > amount));

    private void Count(ContractKey key, string id, long tokens)
    {
        var isFirst = CountedEvents++ == 0;
        _ids.Add(id);
        foreach (var scope in key.Scopes)
        {
            Add(_ledger, scope, tokens + (isFirst ? faults.LedgerErrorTokens : 0));
            Add(_state, scope, tokens + (isFirst ? faults.StateErrorTokens : 0));
            _amounts[scope] = _amounts.GetValueOrDefault(scope) + (tokens * AmountPerToken);
        }
    }

    private static void Add(Dictionary<string, long> totals, string scope, long tokens) =>
        totals[scope] = totals.GetValueOrDefault(scope) + tokens;
}
