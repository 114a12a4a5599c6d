package dev.adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderedMapTest {
    private static Map<String, Integer> planets() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("venus", 0);
        map.put("mars", 2);
        map.put("earth", 1);
        return map;
    }

    @Test
    void isTheMapThatItWasMadeOfInItsOrder() {
        Map<String, Integer> map = OrderedMap.copyOf(planets());
        assertThat(map).isEqualTo(planets()).hasSameHashCodeAs(planets()).hasSize(3);
        assertThat(map.keySet()).containsExactly("venus", "mars", "earth");
        assertThat(map.values()).containsExactly(0, 2, 1);
        assertThat(map.get("mars")).isEqualTo(2);
        assertThat(map.get("pluto")).isNull();
        assertThat(map.containsKey("earth")).isTrue();
        assertThat(map.containsKey("pluto")).isFalse();
        assertThat(map).hasToString("{venus=0, mars=2, earth=1}");
    }

    @Test
    void neverChanges() {
        Map<String, Integer> original = planets();
        Map<String, Integer> map = OrderedMap.copyOf(original);
        original.put("venus", 9);
        original.remove("mars");
        assertThat(map).isEqualTo(planets());
        assertThatThrownBy(() -> map.put("pluto", 5)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("mars")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aCopyOfACopyIsTheSameMap() {
        Map<String, Integer> map = OrderedMap.copyOf(planets());
        assertThat(OrderedMap.copyOf(map)).isSameAs(map);
    }

    @Test
    void knowsTheValuesOfMapsWithTheSameKeys() {
        OrderedMap.Keys<Object> keys = new OrderedMap.Keys<>(planets().keySet());
        Map<Object, Integer> map = keys.with(List.of(7, 8, 9));
        assertThat(map).isEqualTo(Map.of("venus", 7, "mars", 8, "earth", 9));
        assertThat(keys.valuesOf(map)).isEqualTo(List.of(7, 8, 9));
        assertThat(keys.valuesOf(planets())).isNull();
        assertThat(keys.valuesOf(OrderedMap.copyOf(planets()))).isEqualTo(List.of(0, 2, 1));
        Map<String, Integer> reordered = new LinkedHashMap<>(Map.of("mars", 2));
        reordered.putAll(planets());
        assertThat(keys.valuesOf(OrderedMap.copyOf(reordered))).isNull();
    }
}
